import os

import psycopg

from intake import Intake
from store import save


def work():
    connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
    intake = Intake("kafka.example:9092", "shipments")
    while True:
        message = intake.next()
        if message is None:
            continue
        save(connection, message.key(), message.value())
        intake.done(message)


work()
