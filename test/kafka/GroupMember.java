import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member of a group of a kind that kafkajs does not speak: GroupMember consumer|classic|share GROUP TOPIC[,TOPIC] CLIENT.PROPERTIES
 * [KEY=VALUE…]. Says "joined PARTITIONS" whenever it was given some (a member of a share group: once it has polled), and leaves when its
 * standard input ends.
 */
public class GroupMember {
  private static volatile boolean ended = false;

  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    try (FileInputStream file = new FileInputStream(args[3])) {
      properties.load(file);
    }
    properties.put("group.id", args[1]);
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    for (String pair : List.of(args).subList(4, args.length)) {
      int at = pair.indexOf('=');
      properties.put(pair.substring(0, at), pair.substring(at + 1));
    }
    List<String> topics = List.of(args[2].split(","));
    waitForTheEnd();
    if (args[0].equals("share")) share(properties, topics);
    else consume(args[0], properties, topics);
  }

  private static void consume(String protocol, Properties properties, List<String> topics) {
    properties.put("group.protocol", protocol);
    properties.putIfAbsent("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      consumer.subscribe(topics, new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
          System.out.println("joined " + partitions.stream().map(TopicPartition::toString).sorted().collect(Collectors.joining(",")));
        }
      });
      while (!ended) consumer.poll(Duration.ofMillis(200));
    }
  }

  private static void share(Properties properties, List<String> topics) {
    try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(properties)) {
      consumer.subscribe(topics);
      consumer.poll(Duration.ofSeconds(1));
      System.out.println("joined");
      while (!ended) consumer.poll(Duration.ofMillis(200));
    }
  }

  private static void waitForTheEnd() {
    Thread watcher = new Thread(() -> {
      try {
        while (System.in.read() >= 0) {}
      } catch (IOException gone) {
        // as good as the end
      }
      ended = true;
    });
    watcher.setDaemon(true);
    watcher.start();
  }
}
