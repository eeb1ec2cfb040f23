import requests


def screen(refund):
    requests.post("https://fraud.example.com/screenings", data=refund, timeout=10)
