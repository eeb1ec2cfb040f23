/** Settings of a Kafka client by name, as a properties file or the environment gives them. */
export type Properties = ReadonlyMap<string, string>
