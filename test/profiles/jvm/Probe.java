import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks a kafka-clients jar what it really does. Everything goes by reflection, so that one compilation serves every version.
 *
 * Input (first argument): a file of cases, one a line: role, then key=value pairs, separated by tabs.
 * Output: one JSON object a line: the declared settings of each role, then one answer per case: what the constructor threw, or the values
 * that really took effect, read out of the constructed client; and what was logged at INFO and above.
 */
public class Probe {
  private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    // The broker does not exist: what the network threads say of that is no answer.
    for (String noisy : List.of("NetworkClient", "Metadata", "ClientUtils"))
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka.clients." + noisy, "off");
    System.setErr(new PrintStream(LOG, true));
    declared(out, "producer", "org.apache.kafka.clients.producer.ProducerConfig");
    declared(out, "consumer", "org.apache.kafka.clients.consumer.ConsumerConfig");
    declared(out, "admin", "org.apache.kafka.clients.admin.AdminClientConfig");
    if (arguments.length > 0) {
      for (String line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) out.println(attempt(line));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void declared(PrintStream out, String role, String className) throws Exception {
    Class<?> config;
    try {
      config = Class.forName(className);
    } catch (ClassNotFoundException absent) {
      return;
    }
    Field field = config.getDeclaredField("CONFIG");
    field.setAccessible(true);
    Object definition = field.get(null);
    Map<?, ?> keys = (Map<?, ?>) fieldOf(definition, "configKeys");
    Map<String, Object> settings = new TreeMap<>();
    for (Map.Entry<?, ?> entry : keys.entrySet()) {
      Map<String, Object> setting = new TreeMap<>();
      setting.put("type", String.valueOf(fieldOf(entry.getValue(), "type")));
      Object value = fieldOf(entry.getValue(), "defaultValue");
      boolean required = value != null && value.getClass() == Object.class;
      if (required) setting.put("required", true);
      else setting.put("default", value);
      settings.put((String) entry.getKey(), setting);
    }
    Map<String, Object> answer = new TreeMap<>();
    answer.put("declared", role);
    answer.put("settings", settings);
    out.println(json(answer));
  }

  private static String attempt(String line) {
    String[] parts = line.split("\t");
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "127.0.0.1:1");
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      properties.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    Map<String, Object> answer = new TreeMap<>();
    LOG.reset();
    try {
      answer.put("effective", parts[0].equals("producer") ? producer(properties) : consumer(properties));
    } catch (Throwable failure) {
      Throwable cause = failure instanceof InvocationTargetException ? failure.getCause() : failure;
      List<Object> chain = new ArrayList<>();
      for (Throwable t = cause; t != null; t = t.getCause()) {
        Map<String, Object> one = new TreeMap<>();
        one.put("class", t.getClass().getName());
        one.put("message", t.getMessage());
        chain.add(one);
      }
      answer.put("thrown", chain);
    }
    List<String> log = new ArrayList<>();
    for (String entry : LOG.toString(StandardCharsets.UTF_8).split("\n")) {
      if (entry.matches("^\\[?(INFO|WARN|ERROR)\\b.*") && !entry.contains("Config values:")) log.add(entry);
    }
    answer.put("log", log);
    return json(answer);
  }

  private static Map<String, Object> producer(Properties properties) throws Exception {
    properties.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    properties.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    Object client = construct("org.apache.kafka.clients.producer.KafkaProducer", properties);
    Map<String, Object> effective = new TreeMap<>();
    Object sender = fieldOf(client, "sender");
    effective.put("acks", fieldOf(sender, "acks"));
    effective.put("retries", fieldOf(sender, "retries"));
    effective.put("enable.idempotence", fieldOf(client, "transactionManager") != null);
    Object inFlight = fieldOf(fieldOf(sender, "client"), "inFlightRequests");
    effective.put("max.in.flight.requests.per.connection", fieldOf(inFlight, "maxInFlightRequestsPerConnection"));
    Object accumulator = fieldOf(client, "accumulator");
    effective.put("delivery.timeout.ms", fieldOf(accumulator, "deliveryTimeoutMs"));
    return effective;
  }

  private static Map<String, Object> consumer(Properties properties) throws Exception {
    properties.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    properties.put("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    Object client = construct("org.apache.kafka.clients.consumer.KafkaConsumer", properties);
    Map<String, Object> effective = new TreeMap<>();
    // The coordinator commits; without one, nothing is committed by the client itself.
    effective.put("enable.auto.commit", Boolean.TRUE.equals(reach(client, "autoCommitEnabled")));
    return effective;
  }

  private static Object construct(String className, Properties properties) throws Exception {
    Constructor<?> constructor = Class.forName(className).getConstructor(Properties.class);
    return constructor.newInstance(properties);
  }

  /** The first field of that name in the client's own object graph, breadth first. */
  private static Object reach(Object from, String name) throws Exception {
    ArrayDeque<Object> queue = new ArrayDeque<>(List.of(from));
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!queue.isEmpty() && seen.size() < 4000) {
      Object at = queue.poll();
      if (!seen.add(at)) continue;
      for (Class<?> type = at.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers())) continue;
          if (!type.getName().startsWith("org.apache.kafka.")) continue;
          field.setAccessible(true);
          Object value = field.get(at);
          if (field.getName().equals(name) && !(value == null)) return value;
          if (value instanceof java.util.Optional<?> optional) value = optional.orElse(null);
          if (value != null && value.getClass().getName().startsWith("org.apache.kafka.clients.")) queue.add(value);
        }
      }
    }
    return null;
  }

  private static Object fieldOf(Object target, String name) throws Exception {
    if (target == null) return null;
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(target);
      } catch (NoSuchFieldException elsewhere) {
        continue;
      }
    }
    return null;
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
    if (value instanceof Collection<?> items) {
      StringBuilder text = new StringBuilder("[");
      for (Object item : items) {
        if (text.length() > 1) text.append(',');
        text.append(json(item));
      }
      return text.append(']').toString();
    }
    if (value instanceof Class<?> type) return json(type.getName());
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c == '"' || c == '\\') text.append('\\').append(c);
      else if (c < 0x20) text.append(String.format("\\u%04x", (int) c));
      else text.append(c);
    }
    return text.append('"').toString();
  }
}
