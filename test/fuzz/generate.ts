// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of configuration files
import type { Files } from './memory.ts'

/** Small files of every format, whose every beginning is read. */
export const SMALL: Files = {
  'application.yml': `spring:
  kafka: &k
    bootstrap-servers: \${SERVERS:kafka:9092}
    consumer: {group-id: "a", auto-offset-reset: latest} # said
    properties:
      "isolation.level": 'read_committed'
  list: [1, *k, {<<: *k}]
text: |+
  acks=1
---
other: >-
  folded
  ? a
  : b
`,
  'consumer.properties': 'bootstrap.servers=kafka:9092\n! said\ngroup.id : a\\\n  b\nkey\\ two=\\u0041\\\nacks\t1\n',
  'client.json': '{"bootstrap.servers": "k:9092", // said\n "a": [1, -2.5e3, null, true], "group\\u002eid": {"b": "\\"c"},}\n',
  'kafka.toml':
    '[kafka]\n"bootstrap.servers" = "k:9092" # said\na.b = [1, {c = 1979-05-27T07:32:00Z}]\n[[kafka.topic]]\ntext = """\none\\\n two"""\nx = \'\'\'y\'\'\'\n',
  '.env': 'export KAFKA_GROUP=\'a b\' # said\nACKS=1\nTEXT="two\nlines \\n ${ACKS:-2}"\nEMPTY=\n',
  'kafka.ini': '[kafka]\nbootstrap.servers = k:9092 ; said\ngroup.id: a\n  more\n[other]\nacks = %(acks)s\n',
  'docker-compose.yml': `services:
  a:
    image: shop/a:1
    env_file: .env
    environment:
      - KAFKA_GROUP=\${GROUP:-a}
      - ACKS=1
    deploy: {replicas: 2}
`,
  'requirements.txt':
    'kafka-python[lz4]>=2.0,<3 ; python_version > "3.8" # said\n-r other.txt\naiokafka == 0.12.0 \\\n  --hash=sha256:00\n',
  'pyproject.toml':
    '[project]\ndependencies = ["confluent-kafka~=2.6", "redis"]\n[tool.poetry.dependencies]\naiokafka = {version = "^0.12", extras = ["lz4"]}\n',
  'worker.py': `import os
from kafka import KafkaConsumer as C
base = {'group_id': f"a-{os.getenv('X', 'y')}", **dict(enable_auto_commit=False)}
class W(C):
    def __init__(self, *topics, **kw):
        super().__init__(*topics, **(base | kw))
w = W("t", auto_offset_reset="latest" if base else None)
try:
    for m in w:
        if not r.setnx(m.key, 1): continue
        r.expire(m.key, 60)
        w.commit()
finally:
    w.close()
`,
  'worker.go': `package main

import (
	"context"
	k "github.com/segmentio/kafka-go"
)

type w struct{ *k.Reader; n int }

func (x *w) run(ctx context.Context, f ...func(k.Message) error) (err error) {
	defer func() { x.Close() }()
	for i := range f {
		select {
		case <-ctx.Done(): return ctx.Err()
		default:
			m, err := x.ReadMessage(ctx)
			if err != nil || 2*x.n > len(m.Value[1:]) { return err } // said
			go f[i](m)
			switch v := any(m).(type) { case *k.Message: x.n++; _ = v }
		}
	}
	return nil
}

var r = &w{Reader: k.NewReader(k.ReaderConfig{Brokers: []string{\`a\`}, GroupID: "g\\x41"}), n: 0x1f}
`,
}

/** Large files, each with a part for every number: long enough that a cut stands in the midst of something. */
export function large(parts: number): Files {
  const numbers = Array.from({ length: parts }, (_, i) => i)
  const join = (part: (i: number) => string) => numbers.map(part).join('')
  return {
    'shop/worker.py': `import asyncio, json, os, threading
import redis
from confluent_kafka import Consumer, Producer
from kafka import KafkaConsumer, KafkaProducer

STORE = redis.Redis()
BASE = {"bootstrap.servers": os.environ.get("SERVERS", "kafka:9092")}

${join(
  (i) => `
class Worker${i}(${i === 0 ? 'object' : `Worker${i - 1}`}):
    """Handles part ${i}."""
    SETTINGS = {**BASE, "group.id": f"part-${i}-{os.getpid()}", "enable.auto.commit": ${i % 2 ? 'False' : 'True'}}

    def __init__(self, *topics, limit=${i}, **extra):
        self.consumer = Consumer(self.SETTINGS | extra)
        self.producer = Producer({"acks": ${i % 3}, **BASE})
        self.consumer.subscribe([t for t in topics if t] or ["part-${i}"])
        self.done = 0

    async def run(self):
        while True:
            message = self.consumer.poll(1.0)
            if message is None or message.error():
                continue
            try:
                if not STORE.set(f"seen:{message.key()}", 1, nx=True, ex=60):
                    continue
                await self.handle(json.loads(message.value()))
            except (ValueError, KeyError) as error:
                print("part ${i}", error)
                self.producer.produce("part-${i}.dlq", message.value())
            else:
                self.done += 1
                if self.done % 10 == 0:
                    self.consumer.commit(message=message, asynchronous=${i % 2 ? 'True' : 'False'})
            finally:
                self.producer.flush()

    async def handle(self, body, *, attempt: int = 0) -> None:
        match body.get("kind"):
            case "a" | "b": threading.Thread(target=print, args=(body,)).start()
            case _: await asyncio.sleep(${i})
`,
)}`,
    'shop/values.yaml': `${join((i) => `part${i}:\n  image: {repository: shop/part${i}, tag: "${i}"}\n  env:\n    - name: GROUP_ID\n      value: part-${i}\n  kafka:\n    bootstrap.servers: "kafka:9092"\n    group.id: part-${i}\n    acks: ${i % 3}\n`)}`,
    'shop/application.properties': join(
      (i) =>
        `# part ${i}\nspring.kafka.consumer.properties.part${i}=\${PART_${i}:x}\nparts[${i}].group.id=part-${i}\nbootstrap.servers=kafka:${i}\n`,
    ),
    'shop/clients.json': `{${numbers.map((i) => `\n"part${i}": {"bootstrap.servers": "kafka:9092", "group.id": "part-${i}", "acks": ${i % 3}}`).join(',')}\n}\n`,
    'shop/clients.toml': join(
      (i) => `[part${i}]\n"bootstrap.servers" = "kafka:9092"\n"group.id" = 'part-${i}'\nacks = ${i % 3}\n`,
    ),
    'shop/kafka.ini': join((i) => `[part${i}]\nbootstrap.servers = kafka:9092\ngroup.id = part-${i}\nacks = ${i % 3}\n`),
    'shop/.env': join((i) => `GROUP_${i}=part-${i}\nKAFKA_BOOTSTRAP_SERVERS="kafka:${i}"\n`),
    'shop/requirements.txt': `confluent-kafka==2.6.0\nkafka-python>=2.0\n${join((i) => `part-${i}==1.${i}\n`)}`,
  }
}
