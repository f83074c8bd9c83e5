package io.ranking4j.examples.reproduce;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.training.LossChoice;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.SingleHead;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that is trained once a seed and measured: a line of a table, or of several. Immutable
 * and safe to share.
 *
 * @param name what it is called in tables
 * @param data what it is trained and measured on
 * @param network what is trained
 * @param loss how tasks are weighted
 * @param options how it is trained; the seed is that of the run
 * @param single the one head for all engagements, where the network has nothing else
 */
record Experiment(
    String name,
    StudyData data,
    Network network,
    LossChoice loss,
    TrainerOptions options,
    Optional<SingleHead> single) {
  /** Changes with what is measured or how, so that older runs are not taken for new ones. */
  private static final int FORMAT = 1;

  private static final int HASH_LENGTH = 12;

  /** An architecture on the tasks of the data. */
  static Experiment of(
      String name, StudyData data, Architecture architecture, TrainerOptions options) {
    return of(name, data, data.tasks(), architecture, options);
  }

  /** An architecture on tasks of its own. */
  static Experiment of(
      String name,
      StudyData data,
      TaskGraph tasks,
      Architecture architecture,
      TrainerOptions options) {
    return new Experiment(
        name,
        data,
        Network.of(data.schema(), architecture, tasks),
        LossChoice.FIXED,
        options,
        Optional.empty());
  }

  /** With another way to weight the tasks. */
  Experiment loss(LossChoice choice) {
    return new Experiment(name, data, network, choice, options, single);
  }

  /** The tasks that it is measured by. */
  TaskGraph measured() {
    return single.isPresent() ? data.tasks() : network.tasks();
  }

  /** Training or validation rows as the network needs them. */
  Dataset prepared(Dataset rows) {
    return single.map(head -> head.prepare(rows)).orElse(rows);
  }

  /** All that decides what comes out, but for the seed. */
  Map<String, String> description() {
    Map<String, String> all = new TreeMap<>();
    all.put("format", Integer.toString(FORMAT));
    all.put("data", data.name() + ": " + data.description());
    all.put("features", hash(network.schema().toString()));
    all.put("architecture", network.architecture().name());
    network
        .architecture()
        .properties()
        .forEach((name, value) -> all.put("architecture." + name, value));
    all.put("embedding_width", Integer.toString(network.embeddingWidth()));
    for (Task task : network.tasks().tasks()) {
      all.put("task." + task.name(), task + " " + new TreeMap<>(task.kind().properties()));
    }
    all.put("measured", measured().names().toString());
    all.put("loss", loss.name());
    all.put("options", options.seed(0).toString());
    single.ifPresent(head -> all.put("single_head", head.toString()));
    return all;
  }

  /** The name of a run: the same for the same settings and seed, whichever table they are in. */
  String key(long seed) {
    String about = data.name() + "-" + network.architecture().name() + "-" + seed + "-";
    return about.replaceAll("[^A-Za-z0-9+.-]", "_") + hash(seed + " " + description());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
