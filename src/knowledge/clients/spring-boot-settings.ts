import type { Role } from '../../model/client.ts'
import type { SettingFact } from '../profile.ts'
import { kafkaClientsSettings } from './kafka-clients-settings.ts'
import { bootHistory } from './spring-boot-versions.ts'

type Default = SettingFact['default']

const METADATA = 'Spring Boot, META-INF/spring-configuration-metadata.json'
const CONTAINER = 'spring-kafka, KafkaMessageListenerContainer.determineAutoCommit'

const ofClient = Object.fromEntries(Object.entries(kafkaClientsSettings).map(([key, fact]) => [key, byBoot(fact)])) as Record<
  string,
  SettingFact
>

function byBoot(fact: SettingFact): SettingFact {
  const byRole = Object.entries(fact.defaultByRole ?? {}).map(([role, history]) => [role, bootHistory(history)])
  return {
    ...fact,
    default: bootHistory(fact.default),
    ...(byRole.length > 0 ? { defaultByRole: Object.fromEntries(byRole) } : {}),
  }
}

function own(
  roles: readonly Role[],
  type: SettingFact['type'],
  ...steps: readonly (readonly [string, string | boolean | null | undefined])[]
) {
  return { roles, type, default: steps.map(([since, value]) => ({ since, value, citation: METADATA })) as Default }
}

/** The client's settings by Boot's releases, with what Boot and its listener containers change, and those that are theirs alone. */
export const bootSettings: Readonly<Record<string, SettingFact>> = {
  ...ofClient,
  // the container turns it off where nothing is set, from spring-kafka 2.3 on
  'enable.auto.commit': {
    roles: ['consumer'],
    type: 'boolean',
    default: [
      { since: '0', value: true, citation: 'kafka-clients, ConsumerConfig' },
      { since: '2.2.0', value: false, citation: `${CONTAINER} 2.3.1` },
    ],
  },
  'listener.ack-mode': own(['consumer'], 'string', ['0', 'batch']),
  'listener.type': own(['consumer'], 'string', ['0', undefined], ['2.0.0', 'single']),
  'listener.async-acks': own(['consumer'], 'boolean', ['0', undefined], ['3.0.0', false]),
  'transaction-id-prefix': own(['producer'], 'string', ['0', undefined], ['2.0.0', null]),
}
