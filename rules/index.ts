import type { Rule } from '../src/rule/rule.ts'
import aclInsufficient from './acl-insufficient.ts'
import autoCommit from './auto-commit.ts'
import groupIdUnstable from './group-id-unstable.ts'
import groupShared from './group-shared.ts'
import groupWithoutCommits from './group-without-commits.ts'
import hangingTransaction from './hanging-transaction.ts'
import idempotenceOff from './idempotence-off.ts'
import notCoordinatorRisk from './not-coordinator-risk.ts'
import offsetReset from './offset-reset.ts'
import offsetsExpire from './offsets-expire.ts'
import offsetsLost from './offsets-lost.ts'
import readUncommitted from './read-uncommitted.ts'
import redisKeyWithoutTtl from './redis-key-without-ttl.ts'
import redisSetnxExpire from './redis-setnx-expire.ts'
import replicationBelowAcks from './replication-below-acks.ts'
import retentionOvertakesLag from './retention-overtakes-lag.ts'
import retriesOff from './retries-off.ts'
import settingIgnored from './setting-ignored.ts'
import settingRejected from './setting-rejected.ts'
import transactionTimeout from './transaction-timeout.ts'
import transactionalIdIncomplete from './transactional-id-incomplete.ts'
import transactionalIdShared from './transactional-id-shared.ts'
import transactionalIdUnstable from './transactional-id-unstable.ts'
import transactionalIdUnsupported from './transactional-id-unsupported.ts'
import uncleanElection from './unclean-election.ts'
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
]
