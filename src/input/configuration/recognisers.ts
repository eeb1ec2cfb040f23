import { recogniseClientMappings } from './client-mapping.ts'
import { recogniseCompose } from './compose.ts'
import { recogniseConnect } from './connect.ts'
import { recogniseDotenv } from './dotenv.ts'
import { recogniseHelmValues } from './helm-values.ts'
import { recogniseKafkajs } from './kafkajs-json.ts'
import { recogniseKubernetes } from './kubernetes.ts'
import { recogniseProperties } from './properties-file.ts'
import { recogniseSpring } from './spring.ts'
import { recogniseStrimzi } from './strimzi.ts'
import type { Recogniser } from './surroundings.ts'

/** Every kind of configuration that semcheck knows. Each document is shown to all of them. */
export const RECOGNISERS: readonly Recogniser[] = [
  (document, { siblings, takesIn }) => recogniseSpring(document, siblings, takesIn),
  recogniseProperties,
  recogniseConnect,
  recogniseStrimzi,
  recogniseClientMappings,
  recogniseKafkajs,
  recogniseCompose,
  recogniseKubernetes,
  recogniseHelmValues,
  recogniseDotenv,
]
