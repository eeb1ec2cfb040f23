import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks Kafka Connect's runtime what it hands to the producers of source tasks and the consumers of sink tasks, by the static methods of its
 * Worker (from 2.3 on). Everything goes by reflection, so that one compilation serves every version.
 *
 * Input (first argument): a file of cases, one a line: `worker` or `connector` keys with values, `scope key=value`, separated by tabs.
 * Output: one JSON object a line: the defaults that worker and connector declare; then for each case both configurations, or what was thrown.
 */
public class ConnectProbe {
  private static final String RUNTIME = "org.apache.kafka.connect.runtime.";

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true));
    Map<String, Object> declared = new TreeMap<>();
    declared.put("worker", defaults(definitionOf(RUNTIME + "distributed.DistributedConfig", "CONFIG")));
    declared.put("sink", defaults(Class.forName(RUNTIME + "SinkConnectorConfig").getMethod("configDef").invoke(null)));
    declared.put("source", sourceDefaults());
    out.println(json(Map.of("declared", declared)));
    for (String line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      Map<String, Object> answer = new TreeMap<>();
      answer.put("producer", attempt(line, false));
      answer.put("consumer", attempt(line, true));
      out.println(json(answer));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static Object sourceDefaults() throws Exception {
    for (Method method : Class.forName(RUNTIME + "SourceConnectorConfig").getMethods()) {
      if (!method.getName().equals("configDef") || !Modifier.isStatic(method.getModifiers())) continue;
      return defaults(method.invoke(null, new Object[method.getParameterCount()]));
    }
    return null;
  }

  private static Object attempt(String line, boolean sink) {
    try {
      Map<String, String> worker = new HashMap<>();
      worker.put("bootstrap.servers", "127.0.0.1:1");
      worker.put("group.id", "connect");
      worker.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
      worker.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
      worker.put("internal.key.converter", "org.apache.kafka.connect.json.JsonConverter");
      worker.put("internal.value.converter", "org.apache.kafka.connect.json.JsonConverter");
      for (String store : List.of("config", "offset", "status")) worker.put(store + ".storage.topic", store);
      Map<String, String> connector = new HashMap<>();
      connector.put("name", "c");
      connector.put("connector.class", "org.example.C");
      connector.put("topics", "t");
      if (!line.isEmpty()) {
        for (String pair : line.split("\t")) {
          int space = pair.indexOf(' ');
          int equals = pair.indexOf('=');
          (pair.startsWith("worker ") ? worker : connector).put(pair.substring(space + 1, equals), pair.substring(equals + 1));
        }
      }
      return texts(configs(sink, worker, connector));
    } catch (Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) cause = cause.getCause();
      return Map.of("thrown", cause.getClass().getName() + ": " + cause.getMessage());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> configs(boolean sink, Map<String, String> worker, Map<String, String> connector) throws Exception {
    Object workerConfig = Class.forName(RUNTIME + "distributed.DistributedConfig").getConstructor(Map.class).newInstance(worker);
    Object plugins = Class.forName(RUNTIME + "isolation.Plugins").getConstructor(Map.class).newInstance(new HashMap<>());
    Object connectorConfig = unvalidated(connector, plugins);
    Object policy = policy((String) read(workerConfig, "connector.client.config.override.policy"));
    for (Method method : Class.forName(RUNTIME + "Worker").getDeclaredMethods()) {
      String name = method.getName();
      boolean wanted = sink ? name.equals("consumerConfigs") || name.equals("baseConsumerConfigs") : name.equals("producerConfigs") || name.equals("baseProducerConfigs");
      if (!wanted || !Modifier.isStatic(method.getModifiers())) continue;
      method.setAccessible(true);
      List<Object> given = new ArrayList<>();
      for (Class<?> type : method.getParameterTypes()) {
        if (type == String.class) given.add("c");
        else if (type.isInstance(workerConfig)) given.add(workerConfig);
        else if (type.isInstance(connectorConfig)) given.add(connectorConfig);
        else if (type.isInstance(policy)) given.add(policy);
        else if (type == Class.class) given.add(Class.forName("org.apache.kafka.connect." + (sink ? "sink.SinkConnector" : "source.SourceConnector")));
        else if (type.getSimpleName().equals("ConnectorTaskId")) given.add(type.getConstructor(String.class, int.class).newInstance("c", 0));
        else if (type.isEnum()) given.add(Enum.valueOf(type.asSubclass(Enum.class), sink ? "SINK" : "SOURCE"));
        else throw new IllegalStateException("what is " + type);
      }
      return (Map<String, Object>) method.invoke(null, given.toArray());
    }
    throw new NoSuchMethodException("Worker has no static configurations before 2.3");
  }

  private static Object read(Object config, String key) throws Exception {
    return config.getClass().getMethod("getString", String.class).invoke(config, key);
  }

  private static Object policy(String name) throws Exception {
    Object policy = Class.forName("org.apache.kafka.connect.connector.policy." + name + "ConnectorClientConfigOverridePolicy").getConstructor().newInstance();
    policy.getClass().getMethod("configure", Map.class).invoke(policy, new HashMap<>());
    return policy;
  }

  private static Object unvalidated(Map<String, String> connector, Object plugins) throws Exception {
    for (Constructor<?> constructor : Class.forName(RUNTIME + "ConnectorConfig").getConstructors()) {
      if (constructor.getParameterCount() != 2 || constructor.getParameterTypes()[1] != Map.class) continue;
      return constructor.newInstance(plugins, connector);
    }
    throw new NoSuchMethodException("ConnectorConfig(Plugins, Map)");
  }

  private static Object definitionOf(String type, String field) throws Exception {
    Field found;
    try {
      found = Class.forName(type).getDeclaredField(field);
      found.setAccessible(true);
      return found.get(null);
    } catch (NoSuchFieldException later) {
      Method config = Class.forName(type).getDeclaredMethod("config", Class.forName("org.apache.kafka.connect.runtime.distributed.Crypto"));
      config.setAccessible(true);
      return config.invoke(null, Class.forName("org.apache.kafka.connect.runtime.distributed.Crypto").getField("SYSTEM").get(null));
    }
  }

  private static Map<String, Object> defaults(Object definition) throws Exception {
    Map<String, Object> found = new TreeMap<>();
    Field keys = definition.getClass().getDeclaredField("configKeys");
    keys.setAccessible(true);
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) keys.get(definition)).entrySet()) {
      Field value = entry.getValue().getClass().getDeclaredField("defaultValue");
      value.setAccessible(true);
      Object of = value.get(entry.getValue());
      found.put((String) entry.getKey(), of == null ? null : of.getClass() == Object.class ? "(required)" : of.toString());
    }
    return found;
  }

  private static Map<String, Object> texts(Map<String, Object> configs) {
    Map<String, Object> found = new TreeMap<>();
    for (Map.Entry<String, Object> entry : configs.entrySet()) found.put(entry.getKey(), entry.getValue() == null ? null : entry.getValue().toString());
    return found;
  }

  private static String json(Object value) {
    if (value == null) return "null";
    if (value instanceof Boolean || value instanceof Number) return value.toString();
    if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder("{");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (text.length() > 1) text.append(',');
        text.append(json(entry.getKey().toString())).append(':').append(json(entry.getValue()));
      }
      return text.append('}').toString();
    }
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c == '"' || c == '\\') text.append('\\').append(c);
      else if (c < 0x20) text.append(String.format("\\u%04x", (int) c));
      else text.append(c);
    }
    return text.append('"').toString();
  }
}
