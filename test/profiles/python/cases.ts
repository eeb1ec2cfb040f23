import type { Role } from '../../../src/model/client.ts'
import type { Literal } from '../../../src/model/value.ts'

/** A construction that is tried with the real library; `settings` in the library's own spelling. */
export interface Case {
  readonly id: string
  readonly role: Role
  readonly settings: Readonly<Record<string, Literal>>
}

function cases(role: Role, all: Readonly<Record<string, Readonly<Record<string, Literal>>>>): readonly Case[] {
  return Object.entries(all).map(([id, settings]) => ({ id: `${role}: ${id}`, role, settings }))
}

const KAFKA_PYTHON: readonly Case[] = [
  ...cases('producer', {
    'no settings': {},
    'transactional id': { transactional_id: 'x' },
    'empty transactional id': { transactional_id: '' },
    'transactional id, idempotence off': { transactional_id: 'x', enable_idempotence: false },
    'transactional id, acks 1': { transactional_id: 'x', acks: 1 },
    idempotence: { enable_idempotence: true },
    'idempotence off': { enable_idempotence: false },
    'idempotence as text': { enable_idempotence: 'false' },
    'idempotence, acks 1': { enable_idempotence: true, acks: 1 },
    'idempotence, retries 0': { enable_idempotence: true, retries: 0 },
    'idempotence, five in flight': { enable_idempotence: true, max_in_flight_requests_per_connection: 5 },
    'idempotence, six in flight': { enable_idempotence: true, max_in_flight_requests_per_connection: 6 },
    'acks 1': { acks: 1 },
    'acks all': { acks: 'all' },
    'acks -1': { acks: -1 },
    'acks 0': { acks: 0 },
    'retries 0': { retries: 0 },
    'six in flight': { max_in_flight_requests_per_connection: 6 },
    'delivery timeout': { delivery_timeout_ms: 1000 },
    'long request timeout': { request_timeout_ms: 130_000 },
    'dotted key': { 'enable.idempotence': true },
    'unknown key': { bogus_key: 1 },
  }),
  ...cases('consumer', {
    'no settings': {},
    group: { group_id: 'g' },
    'isolation level': { isolation_level: 'read_committed' },
    'isolation level in capitals': { isolation_level: 'READ_COMMITTED' },
    'isolation level, wrong': { isolation_level: 'bogus' },
    'static member': { group_id: 'g', group_instance_id: 'a' },
    'static member without group': { group_instance_id: 'a' },
    'auto-commit as text': { group_id: 'g', enable_auto_commit: 'false' },
    'auto-commit off': { group_id: 'g', enable_auto_commit: false },
    'auto-commit without group': { enable_auto_commit: true, group_id: null },
    beginning: { group_id: 'g', auto_offset_reset: 'beginning' },
    smallest: { group_id: 'g', auto_offset_reset: 'smallest' },
    SMALLEST: { group_id: 'g', auto_offset_reset: 'SMALLEST' },
    EARLIEST: { group_id: 'g', auto_offset_reset: 'EARLIEST' },
    none: { group_id: 'g', auto_offset_reset: 'none' },
    'short session': { group_id: 'g', session_timeout_ms: 2000 },
    'session as long as a heartbeat': { group_id: 'g', session_timeout_ms: 3000 },
    'short session without group': { session_timeout_ms: 2000, group_id: null },
    'long session': { group_id: 'g', session_timeout_ms: 400_000 },
    'long request timeout': { request_timeout_ms: 600_000 },
    'dotted key': { 'enable.auto.commit': false },
    'unknown key': { bogus_key: 1 },
    'producer key': { acks: 1 },
  }),
]

const AIOKAFKA: readonly Case[] = [
  ...cases('producer', {
    'no settings': {},
    'transactional id': { transactional_id: 'x' },
    'transactional id, idempotence off': { transactional_id: 'x', enable_idempotence: false },
    'transactional id, acks 1': { transactional_id: 'x', acks: 1 },
    idempotence: { enable_idempotence: true },
    'idempotence, acks 1': { enable_idempotence: true, acks: 1 },
    'acks all': { acks: 'all' },
    'acks as text': { acks: '1' },
    'acks 2': { acks: 2 },
    retries: { retries: 5 },
    'in flight': { max_in_flight_requests_per_connection: 1 },
    'delivery timeout': { delivery_timeout_ms: 1000 },
    'dotted key': { 'enable.idempotence': true },
    'api version': { api_version: 'auto' },
  }),
  ...cases('consumer', {
    'no settings': {},
    group: { group_id: 'g' },
    'auto-commit off': { group_id: 'g', enable_auto_commit: false },
    'static member': { group_id: 'g', group_instance_id: 'a' },
    'no records': { max_poll_records: 0 },
    'dotted key': { 'enable.auto.commit': false },
    'producer key': { acks: 1 },
  }),
]

const LIBRDKAFKA: readonly Case[] = [
  ...cases('producer', {
    'no settings': {},
    'transactional id': { 'transactional.id': 'x', acks: 'all' },
    'transactional id, idempotence off': { 'transactional.id': 'x', 'enable.idempotence': false },
    'transactional id, acks 1': { 'transactional.id': 'x', acks: 1 },
    'transactional id, long delivery': { 'transactional.id': 'x', 'message.timeout.ms': 120_000 },
    'transactional id, long socket': { 'transactional.id': 'x', 'socket.timeout.ms': 90_000, acks: 'all' },
    'transactional id, short transaction': { 'transactional.id': 'x', 'transaction.timeout.ms': 10_000, acks: -1 },
    idempotence: { 'enable.idempotence': true, acks: 'all' },
    'idempotence, acks 1': { 'enable.idempotence': true, acks: 1 },
    'idempotence, six in flight': { 'enable.idempotence': true, 'max.in.flight': 6 },
    'idempotence, retries 0': { 'enable.idempotence': true, retries: 0 },
    'idempotence, lifo': { 'enable.idempotence': true, 'queuing.strategy': 'lifo' },
    gapless: { 'enable.gapless.guarantee': true },
    'acks 2': { acks: 2 },
    'acks ALL': { acks: 'ALL' },
    'acks 1001': { acks: 1001 },
    'linger longer than delivery': { 'linger.ms': 5000, 'delivery.timeout.ms': 1000 },
    'boolean as yes': { 'enable.idempotence': 'yes' },
    'boolean as T': { 'enable.idempotence': 'T' },
    'number with a unit': { retries: '5s' },
    'snake case': { transactional_id: 'x' },
    'consumer key': { 'isolation.level': 'read_committed' },
    'consumer key, no side': { 'enable.auto.commit': false },
    jaas: { 'sasl.jaas.config': 'x' },
  }),
  ...cases('consumer', {
    group: { 'group.id': 'g' },
    'no group': { 'bootstrap.servers': '127.0.0.1:1' },
    none: { 'group.id': 'g', 'auto.offset.reset': 'none' },
    beginning: { 'group.id': 'g', 'auto.offset.reset': 'beginning' },
    END: { 'group.id': 'g', 'auto.offset.reset': 'END' },
    error: { 'group.id': 'g', 'auto.offset.reset': 'error' },
    'reset as null': { 'group.id': 'g', 'auto.offset.reset': null },
    'auto-commit as no': { 'group.id': 'g', 'enable.auto.commit': 'no' },
    'auto-commit as 0': { 'group.id': 'g', 'enable.auto.commit': '0' },
    'auto-commit off': { 'group.id': 'g', 'enable.auto.commit': false },
    'legacy auto-commit': { 'group.id': 'g', 'auto.commit.enable': false },
    'isolation level': { 'group.id': 'g', 'isolation.level': 'READ_UNCOMMITTED' },
    'isolation level, wrong': { 'group.id': 'g', 'isolation.level': 'serializable' },
    'short poll interval': { 'group.id': 'g', 'max.poll.interval.ms': 5000 },
    'long session': { 'group.id': 'g', 'session.timeout.ms': 400_000 },
    'mixed assignors': { 'group.id': 'g', 'partition.assignment.strategy': 'cooperative-sticky,range' },
    'cooperative assignor': { 'group.id': 'g', 'partition.assignment.strategy': 'cooperative-sticky' },
    'unknown assignor': { 'group.id': 'g', 'partition.assignment.strategy': 'sticky' },
    'new protocol': { 'group.id': 'g', 'group.protocol': 'consumer' },
    'new protocol, session': { 'group.id': 'g', 'group.protocol': 'consumer', 'session.timeout.ms': 45_000 },
    'new protocol, heartbeat': { 'group.id': 'g', 'group.protocol': 'consumer', 'heartbeat.interval.ms': 3000 },
    'new protocol, assignor': { 'group.id': 'g', 'group.protocol': 'consumer', 'partition.assignment.strategy': 'range' },
    'new protocol, unknown': { 'group.id': 'g', 'group.protocol': 'newest' },
    'static member': { 'group.id': 'g', 'group.instance.id': 'a' },
    'producer key': { 'group.id': 'g', 'enable.idempotence': true },
    'transactional id': { 'group.id': 'g', 'transactional.id': 'x' },
    'snake case': { 'group.id': 'g', enable_auto_commit: false },
    'poll records': { 'group.id': 'g', 'max.poll.records': 10 },
    'java wait': { 'group.id': 'g', 'fetch.max.wait.ms': 100 },
  }),
]

const FAUST: readonly Case[] = cases('consumer', {
  'no settings': {},
  'exactly once': { processing_guarantee: 'exactly_once' },
  'at least once': { processing_guarantee: 'at_least_once' },
  'guarantee, wrong': { processing_guarantee: 'at_most_once' },
  latest: { consumer_auto_offset_reset: 'latest' },
  'acks 1': { producer_acks: 1 },
  'unknown key': { enable_auto_commit: false },
})

const FASTSTREAM: readonly Case[] = [
  ...cases('consumer', {
    'no settings': { group_id: 'g' },
    'no group': {},
    'auto_commit off': { group_id: 'g', auto_commit: false },
    'auto_commit on': { group_id: 'g', auto_commit: true },
    'auto_commit off without group': { auto_commit: false },
    no_ack: { group_id: 'g', no_ack: true },
    'ack policy manual': { group_id: 'g', ack_policy: 'manual' },
    'ack policy ack': { group_id: 'g', ack_policy: 'ack' },
    'ack policy nack on error': { group_id: 'g', ack_policy: 'nack_on_error' },
    'ack policy reject on error': { group_id: 'g', ack_policy: 'reject_on_error' },
    'ack policy ack first': { group_id: 'g', ack_policy: 'ack_first' },
    'ack policy manual without group': { ack_policy: 'manual' },
    enable_auto_commit: { group_id: 'g', enable_auto_commit: false },
  }),
  ...cases('producer', {
    'no settings': {},
    idempotence: { enable_idempotence: true },
    'acks all': { acks: 'all' },
    'acks 1': { acks: 1 },
  }),
]

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'kafka-python': KAFKA_PYTHON,
  'kafka-python-ng': KAFKA_PYTHON,
  aiokafka: AIOKAFKA,
  'confluent-kafka': LIBRDKAFKA,
  faust: FAUST,
  'faststream-kafka': FASTSTREAM,
  'faststream-confluent': FASTSTREAM,
}
