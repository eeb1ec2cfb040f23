import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks Spring Boot and spring-kafka what they really make of `spring.kafka.*`. Everything goes by reflection, so that one compilation serves
 * every version.
 *
 * Input (first argument): a file of cases, one a line: full property names with values, separated by tabs.
 * Output: one JSON object a line: the configuration metadata of each jar; then for each case what Boot's own binder and KafkaProperties hand to the consumer and the producer factory, what the producer
 * factory adds, and whether a started listener container lets the client commit; or what was thrown.
 */
public class BootProbe {
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true));
    for (URL metadata : Collections.list(BootProbe.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = metadata.openStream()) {
        out.println(json(Map.of("metadata", new String(in.readAllBytes(), StandardCharsets.UTF_8))));
      }
    }
    for (String line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      Map<String, Object> answer = new TreeMap<>();
      try {
        attempt(line, answer);
      } catch (Throwable failure) {
        answer.put("thrown", chain(failure));
      }
      out.println(json(answer));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void attempt(String line, Map<String, Object> answer) throws Exception {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
    if (!line.isEmpty()) {
      for (String pair : line.split("\t")) {
        int equals = pair.indexOf('=');
        source.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    Object properties = bind(source);
    Map<String, Object> consumer = configs(properties, "buildConsumerProperties");
    Map<String, Object> producer = configs(properties, "buildProducerProperties");
    answer.put("consumer", texts(consumer));
    Map<String, Object> ofFactory = factoryConfigs(properties, producer);
    answer.put("producer", texts(ofFactory));
    boolean transactional = read(read(properties, "getProducer"), "getTransactionIdPrefix") != null;
    try {
      constructProducer(ofFactory, transactional);
    } catch (Throwable failure) {
      answer.put("producerThrown", chain(failure));
    }
    try {
      answer.put("container", container(properties, consumer));
    } catch (Throwable failure) {
      answer.put("consumerThrown", chain(failure));
    }
  }

  private static Object bind(Map<String, Object> source) throws Exception {
    String bind = "org.springframework.boot.context.properties.";
    Object from = construct(bind + "source.MapConfigurationPropertySource", new Class<?>[] {Map.class}, source);
    Class<?> sourceType = Class.forName(bind + "source.ConfigurationPropertySource");
    Object sources = java.lang.reflect.Array.newInstance(sourceType, 1);
    java.lang.reflect.Array.set(sources, 0, from);
    Object binder = construct(bind + "bind.Binder", new Class<?>[] {sources.getClass()}, sources);
    Class<?> type = kafkaProperties();
    Object result = binder.getClass().getMethod("bind", String.class, Class.class).invoke(binder, "spring.kafka", type);
    return result.getClass().getMethod("get").invoke(result);
  }

  private static Class<?> kafkaProperties() throws ClassNotFoundException {
    try {
      return Class.forName("org.springframework.boot.kafka.autoconfigure.KafkaProperties");
    } catch (ClassNotFoundException before4) {
      return Class.forName("org.springframework.boot.autoconfigure.kafka.KafkaProperties");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> configs(Object properties, String name) throws Exception {
    for (Method method : properties.getClass().getMethods()) {
      if (!method.getName().equals(name)) continue;
      Object[] none = new Object[method.getParameterCount()];
      return (Map<String, Object>) method.invoke(properties, none);
    }
    throw new NoSuchMethodException(name);
  }

  private static Map<String, Object> factoryConfigs(Object properties, Map<String, Object> producer) throws Exception {
    Object factory = construct("org.springframework.kafka.core.DefaultKafkaProducerFactory", new Class<?>[] {Map.class}, producer);
    Object prefix = read(read(properties, "getProducer"), "getTransactionIdPrefix");
    if (prefix != null) factory.getClass().getMethod("setTransactionIdPrefix", String.class).invoke(factory, prefix);
    @SuppressWarnings("unchecked")
    Map<String, Object> configs = (Map<String, Object>) fieldOf(factory, "configs");
    return configs;
  }

  /** As the factory constructs it: with an id behind the prefix. */
  private static void constructProducer(Map<String, Object> configs, boolean transactional) throws Exception {
    Map<String, Object> given = new LinkedHashMap<>(configs);
    if (transactional) given.put("transactional.id", "tx-0");
    construct("org.apache.kafka.clients.producer.KafkaProducer", new Class<?>[] {Map.class}, given);
  }

  private static Map<String, Object> container(Object properties, Map<String, Object> consumer) throws Exception {
    Object factory = construct("org.springframework.kafka.core.DefaultKafkaConsumerFactory", new Class<?>[] {Map.class}, consumer);
    Object settings = containerProperties();
    Object ackMode = read(read(properties, "getListener"), "getAckMode");
    if (ackMode != null) settings.getClass().getMethod("setAckMode", ((Enum<?>) ackMode).getDeclaringClass()).invoke(settings, ackMode);
    boolean manual = ackMode != null && ackMode.toString().startsWith("MANUAL");
    Class<?> listener = Class.forName("org.springframework.kafka.listener." + (manual ? "AcknowledgingMessageListener" : "MessageListener"));
    Object proxy = Proxy.newProxyInstance(BootProbe.class.getClassLoader(), new Class<?>[] {listener}, (p, m, a) -> m.getName().equals("hashCode") ? (Object) 1 : m.getName().equals("equals") ? (Object) false : null);
    settings.getClass().getMethod("setMessageListener", Object.class).invoke(settings, proxy);
    settings.getClass().getMethod("setGroupId", String.class).invoke(settings, "g");
    optional(settings, "setMissingTopicsFatal", boolean.class, false);
    Class<?> containerType = Class.forName("org.springframework.kafka.listener.KafkaMessageListenerContainer");
    Object container = null;
    for (Constructor<?> constructor : containerType.getConstructors()) {
      if (constructor.getParameterCount() == 2 && constructor.getParameterTypes()[1] == settings.getClass()) container = constructor.newInstance(factory, settings);
    }
    container.getClass().getMethod("setBeanName", String.class).invoke(container, "probe");
    container.getClass().getMethod("start").invoke(container);
    Object inner = fieldOf(container, "listenerConsumer");
    Map<String, Object> found = new TreeMap<>();
    Object autoCommit = fieldOf(inner, "autoCommit");
    found.put("autoCommit", autoCommit);
    Object handler = fieldOf(inner, "commonErrorHandler");
    if (handler == null) handler = fieldOf(inner, "errorHandler");
    found.put("errorHandler", handler == null ? null : handler.getClass().getSimpleName());
    found.put("ackMode", String.valueOf(settings.getClass().getMethod("getAckMode").invoke(settings)));
    return found;
  }

  private static Object containerProperties() throws Exception {
    Class<?> type;
    try {
      type = Class.forName("org.springframework.kafka.listener.ContainerProperties");
    } catch (ClassNotFoundException before22) {
      type = Class.forName("org.springframework.kafka.listener.config.ContainerProperties");
    }
    return type.getConstructor(String[].class).newInstance((Object) new String[] {"topic"});
  }

  private static void optional(Object target, String name, Class<?> type, Object value) throws Exception {
    try {
      target.getClass().getMethod(name, type).invoke(target, value);
    } catch (NoSuchMethodException absent) {
      return;
    }
  }

  private static Object read(Object target, String getter) throws Exception {
    try {
      return target.getClass().getMethod(getter).invoke(target);
    } catch (NoSuchMethodException absent) {
      return null;
    }
  }

  private static Object construct(String type, Class<?>[] parameters, Object... values) throws Exception {
    return Class.forName(type).getConstructor(parameters).newInstance(values);
  }

  private static Object fieldOf(Object target, String name) throws Exception {
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

  private static List<Object> chain(Throwable failure) {
    List<Object> found = new ArrayList<>();
    for (Throwable t = failure; t != null && found.size() < 8; t = t.getCause()) {
      if (t instanceof InvocationTargetException) continue;
      Map<String, Object> one = new TreeMap<>();
      one.put("class", t.getClass().getName());
      one.put("message", t.getMessage());
      found.add(one);
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
    if (value instanceof Collection<?> items) {
      StringBuilder text = new StringBuilder("[");
      for (Object item : items) {
        if (text.length() > 1) text.append(',');
        text.append(json(item));
      }
      return text.append(']').toString();
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
