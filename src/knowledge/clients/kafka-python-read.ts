import { known, type Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import type { Reading } from '../profile.ts'
import { pythonLiteral, pythonTruth } from './python-values.ts'

const RUN = 'run: kafka-python 2.0.2, 2.2.0, 2.3.3, 3.0.12'

/** How kafka-python takes a value: Python's own truth for booleans, its own words for the enumerations, numbers as they are. */
export function kafkaPythonRead(canonical: string, literal: Literal, version: string): Reading {
  switch (canonical) {
    case 'enable.auto.commit':
    case 'enable.idempotence':
      return pythonTruth(literal, RUN)
    case 'auto.offset.reset':
      return readReset(literal)
    case 'isolation.level':
      return readIsolation(literal, version)
    case 'acks':
      return readAcks(literal)
    case 'transactional.id':
      // an empty id is no id: the constructor asks for its truth
      return { kind: 'value', value: known(literal === '' ? null : literal) }
    default:
      return { kind: 'value', value: known(literal) }
  }
}

function readReset(literal: Literal): Reading {
  // the two deprecated words are looked up before the case is folded
  if (literal === 'smallest') return { kind: 'value', value: known('earliest') }
  if (literal === 'largest') return { kind: 'value', value: known('latest') }
  const word = typeof literal === 'string' ? literal.toLowerCase() : undefined
  if (word === 'earliest' || word === 'latest' || word === 'none') return { kind: 'value', value: known(word) }
  return {
    kind: 'becomes',
    value: known('none'),
    says: `the consumer logs "Unrecognized offset_reset_strategy, using NONE", and where it finds no committed offset it raises NoOffsetForPartitionError`,
    citation: RUN,
  }
}

function readIsolation(literal: Literal, version: string): Reading {
  // from 3.0.0 on any case, a hyphen and the protocol's number will do
  const folded = compareVersions(version, '3.0.0') < 0 ? literal : foldIsolation(literal)
  if (folded === 'read_committed' || folded === 'read_uncommitted') return { kind: 'value', value: known(folded) }
  return {
    kind: 'rejected',
    effect: 'raises',
    says: 'the constructor raises KafkaConfigurationError: Unrecognized isolation_level',
    citation: RUN,
  }
}

function foldIsolation(literal: Literal): Literal {
  if (literal === 0 || literal === false) return 'read_uncommitted'
  if (literal === 1 || literal === true) return 'read_committed'
  return typeof literal === 'string' ? literal.trim().toLowerCase().replaceAll('-', '_') : literal
}

function readAcks(literal: Literal): Reading {
  if (literal === 'all' || literal === -1) return { kind: 'value', value: known('all') }
  if (typeof literal === 'boolean') return { kind: 'value', value: known(literal ? 1 : 0) }
  if (typeof literal === 'number') return { kind: 'value', value: known(literal) }
  return {
    kind: 'rejected',
    effect: 'fails-later',
    says: `the constructor takes acks=${pythonLiteral(literal)}, and then no message can be sent: each one ends in "struct.error: required argument is not an integer" in the log of the sender thread`,
    citation: 'run against a mock broker: kafka-python 2.0.2, 2.3.3, 3.0.12',
  }
}
