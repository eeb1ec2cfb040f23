/** Kafka's codes of operations (AclOperation). */
const OPERATIONS: readonly string[] = [
  'Unknown',
  'Any',
  'All',
  'Read',
  'Write',
  'Create',
  'Delete',
  'Alter',
  'Describe',
  'ClusterAction',
  'DescribeConfigs',
  'AlterConfigs',
  'IdempotentWrite',
  'CreateTokens',
  'DescribeTokens',
  'TwoPhaseCommit',
]

/** What a broker answers where the question was not asked, or the version does not know it. */
const NOT_TOLD = -2147483648

export function operationName(code: number): string {
  return OPERATIONS[code] ?? 'Unknown'
}

/** The operations whose bits are set; undefined where the broker did not tell. */
export function operationsOf(bits: number | undefined): readonly string[] | undefined {
  if (bits === undefined || bits === NOT_TOLD) return undefined
  return OPERATIONS.filter((_, code) => code > 2 && (bits & (1 << code)) !== 0)
}
