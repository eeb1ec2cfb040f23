"""Tells customers of their refunds. A mail that fails is logged, and forgotten."""
import logging
import smtplib

from confluent_kafka import Consumer
from settings import consumer_settings

consumer = Consumer(consumer_settings("refund-mails"))
consumer.subscribe(["refunds"])
mail = smtplib.SMTP("mail.example.com")

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    try:
        mail.sendmail("shop@example.com", [message.key()], message.value())
    except Exception:
        logging.exception("mail failed")
    consumer.commit(message)
