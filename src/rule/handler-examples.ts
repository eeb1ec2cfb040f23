import type { Example } from './rule.ts'

/** A confluent-kafka consumer with auto-commit off, whose loop body is given (indented by four), for the examples of rules. */
export function loopOf(body: string, settings = "'enable.auto.commit': False,", before = ''): Example {
  return {
    'requirements.txt': 'confluent-kafka==2.6.0\nrequests==2.32.3\n',
    'worker.py': `import requests
from confluent_kafka import Consumer, Producer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    ${settings}
})
${before}consumer.subscribe(['orders'])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
${body}`,
  }
}

/** The effect that the examples stand around. */
export const CHARGE = "    requests.post('https://pay.example.com/charges', data=message.value(), timeout=5)\n"
export const CHARGE_ONCE = "    requests.put('https://pay.example.com/charges/1', data=message.value(), timeout=5)\n"
export const COMMIT = '    consumer.commit(message, asynchronous=False)\n'
