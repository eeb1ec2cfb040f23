import type { Rule } from '../src/rule/rule.ts'
import aclInsufficient from './acl-insufficient.ts'
import asyncCommitUnchecked from './async-commit-unchecked.ts'
import autoCommit from './auto-commit.ts'
import commitBeforeAck from './commit-before-ack.ts'
import commitBeforeProcessing from './commit-before-processing.ts'
import commitOffByOne from './commit-off-by-one.ts'
import commitWholeBatch from './commit-whole-batch.ts'
import concurrentHandOff from './concurrent-hand-off.ts'
import dedupeMarkOrder from './dedupe-mark-order.ts'
import groupIdUnstable from './group-id-unstable.ts'
import groupShared from './group-shared.ts'
import groupWithoutCommits from './group-without-commits.ts'
import hangingTransaction from './hanging-transaction.ts'
import idempotenceOff from './idempotence-off.ts'
import neverCommits from './never-commits.ts'
import notCoordinatorRisk from './not-coordinator-risk.ts'
import offsetAsIdempotencyKey from './offset-as-idempotency-key.ts'
import offsetReset from './offset-reset.ts'
import offsetsExpire from './offsets-expire.ts'
import offsetsLost from './offsets-lost.ts'
import poisonMessage from './poison-message.ts'
import pollInterval from './poll-interval.ts'
import readUncommitted from './read-uncommitted.ts'
import redisKeyWithoutTtl from './redis-key-without-ttl.ts'
import redisSetnxExpire from './redis-setnx-expire.ts'
import redisTtlRefreshedByLoser from './redis-ttl-refreshed-by-loser.ts'
import redisTtlTooShort from './redis-ttl-too-short.ts'
import redisUnlockUnowned from './redis-unlock-unowned.ts'
import replicationBelowAcks from './replication-below-acks.ts'
import retentionOvertakesLag from './retention-overtakes-lag.ts'
import retriesOff from './retries-off.ts'
import settingIgnored from './setting-ignored.ts'
import settingRejected from './setting-rejected.ts'
import swallowedFailure from './swallowed-failure.ts'
import syncCommitPerMessage from './sync-commit-per-message.ts'
import transactionCalls from './transaction-calls.ts'
import transactionOffsets from './transaction-offsets.ts'
import transactionTimeout from './transaction-timeout.ts'
import transactionalIdIncomplete from './transactional-id-incomplete.ts'
import transactionalIdShared from './transactional-id-shared.ts'
import transactionalIdUnstable from './transactional-id-unstable.ts'
import transactionalIdUnsupported from './transactional-id-unsupported.ts'
import uncheckedSend from './unchecked-send.ts'
import uncleanElection from './unclean-election.ts'
import unflushedExit from './unflushed-exit.ts'
import unguardedSideEffect from './unguarded-side-effect.ts'
import weakAcks from './weak-acks.ts'

export const RULES: readonly Rule[] = [
  autoCommit,
  offsetReset,
  transactionalIdUnsupported,
  notCoordinatorRisk,
  redisSetnxExpire,
  settingRejected,
  settingIgnored,
  groupIdUnstable,
  groupShared,
  readUncommitted,
  weakAcks,
  retriesOff,
  idempotenceOff,
  transactionalIdIncomplete,
  transactionalIdUnstable,
  transactionalIdShared,
  transactionTimeout,
  redisKeyWithoutTtl,
  replicationBelowAcks,
  uncleanElection,
  offsetsLost,
  retentionOvertakesLag,
  offsetsExpire,
  groupWithoutCommits,
  hangingTransaction,
  aclInsufficient,
  commitBeforeProcessing,
  swallowedFailure,
  commitWholeBatch,
  commitOffByOne,
  neverCommits,
  syncCommitPerMessage,
  asyncCommitUnchecked,
  concurrentHandOff,
  commitBeforeAck,
  uncheckedSend,
  unflushedExit,
  offsetAsIdempotencyKey,
  poisonMessage,
  pollInterval,
  transactionCalls,
  transactionOffsets,
  dedupeMarkOrder,
  unguardedSideEffect,
  redisTtlTooShort,
  redisTtlRefreshedByLoser,
  redisUnlockUnowned,
]
