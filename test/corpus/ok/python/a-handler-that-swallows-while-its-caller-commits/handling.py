import requests


def handle(value):
    try:
        requests.put("https://stock.example.com/orders", data=value, timeout=5)
    except Exception as error:
        raise RuntimeError("the stock does not answer") from error
