from confluent_kafka import Producer

from settings import KAFKA

# every replica starts with the same id: each fences the one before it
ledger = Producer({**KAFKA, "transactional.id": "payments-ledger", "transaction.timeout.ms": 1800000})
receipts = Producer({**KAFKA, "transactional.id": "receipts", "acks": "1"})
ledger.init_transactions()


def charge(order):
    ledger.begin_transaction()
    ledger.produce("ledger", order)
    ledger.commit_transaction()
    receipts.produce("receipts", order)
