import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SecurityDisabledException;

/**
 * Fills a cluster for the benchmark, and does with a warm AdminClient what semcheck asks: ClusterLoad topics|groups|time BOOTSTRAP FROM TO.
 * `topics` and `groups` make those of these numbers; `time` prints the milliseconds of FROM rounds, one by line.
 */
public class ClusterLoad {
  private static final int PARTITIONS = 3;
  private static final int TOPICS_OF_A_GROUP = 4;

  public static void main(String[] args) throws Exception {
    int from = Integer.parseInt(args[2]);
    int to = args.length > 3 ? Integer.parseInt(args[3]) : 0;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[1], "request.timeout.ms", "120000", "default.api.timeout.ms", "240000"))) {
      switch (args[0]) {
        case "topics" -> makeTopics(admin, from, to);
        case "groups" -> makeGroups(admin, from, to);
        default -> {
          for (int round = 0; round < from; round++) {
            long start = System.nanoTime();
            readAll(admin);
            System.out.println((System.nanoTime() - start) / 1_000_000);
          }
        }
      }
    }
  }

  private static void makeTopics(Admin admin, int from, int to) throws Exception {
    for (int at = from; at < to; at += 200) {
      List<NewTopic> topics = IntStream.range(at, Math.min(at + 200, to)).mapToObj(i -> new NewTopic(topic(i), PARTITIONS, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  private static void makeGroups(Admin admin, int from, int to) throws Exception {
    int topics = (int) admin.listTopics().names().get().stream().filter(name -> name.startsWith("topic-")).count();
    List<org.apache.kafka.common.KafkaFuture<Void>> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      for (int t = 0; t < TOPICS_OF_A_GROUP; t++)
        for (int p = 0; p < PARTITIONS; p++) offsets.put(new TopicPartition(topic((i + t) % topics), p), new OffsetAndMetadata(0));
      all.add(admin.alterConsumerGroupOffsets("group-" + i, offsets).all());
    }
    for (var one : all) one.get();
  }

  private static String topic(int number) {
    return "topic-" + number;
  }

  /** The same questions, in the order in which an answer is needed for the next. */
  private static void readAll(Admin admin) throws Exception {
    var cluster = admin.describeCluster();
    var nodes = cluster.nodes().get();
    Collection<String> names = admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true)).names().get();
    var topics = admin.describeTopics(names).allTopicNames().get();
    List<ConfigResource> resources = new ArrayList<>();
    names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
    nodes.forEach(node -> resources.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString())));
    admin.describeConfigs(resources).all().get();
    List<TopicPartition> partitions =
        topics.values().stream().flatMap(t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition()))).toList();
    for (var spec : List.of(OffsetSpec.earliest(), OffsetSpec.latest()))
      admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec))).all().get();
    admin.listOffsets(
        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all().get();
    List<String> groups = admin.listGroups().all().get().stream().map(g -> g.groupId()).toList();
    admin.describeConsumerGroups(groups).all().get();
    admin.listConsumerGroupOffsets(groups.stream().collect(Collectors.toMap(g -> g, g -> new ListConsumerGroupOffsetsSpec()))).all().get();
    var transactions = admin.listTransactions().all().get().stream().map(t -> t.transactionalId()).toList();
    admin.describeTransactions(transactions).all().get();
    try {
      admin.describeAcls(org.apache.kafka.common.acl.AclBindingFilter.ANY).values().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof SecurityDisabledException)) throw e;
    }
  }
}
