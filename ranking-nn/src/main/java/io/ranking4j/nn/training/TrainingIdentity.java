package io.ranking4j.nn.training;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.file.Section;
import io.ranking4j.runtime.input.EncoderCodec;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanCodec;
import io.ranking4j.task.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that two trainings must have in common for the one to go on where the other stopped. */
final class TrainingIdentity {
  private TrainingIdentity() {}

  /**
   * By name, what a training is.
   *
   * @param loss how its tasks are weighted
   */
  static Map<String, String> of(
      Network network,
      LossChoice loss,
      TrainerOptions options,
      FeatureEncoder encoder,
      Plan plan,
      TrainingData data,
      TrainingData validationData,
      GradientKernels kernels) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("architecture", network.architecture().name());
    network
        .architecture()
        .properties()
        .forEach((name, value) -> entries.put("architecture." + name, value));
    entries.put("plan.sha256", hash(PlanCodec.write(plan)));
    List<Section> vocabularies = new ArrayList<>();
    entries.put("encoder.sha256", hash(EncoderCodec.write(encoder, vocabularies).toString()));
    network.tasks().tasks().forEach(task -> entries.put("task." + task.name(), text(task)));
    entries.put("taskWeighting", loss.title());
    entries.put("options", options.toString());
    entries.put("train.rows", Integer.toString(data.rows()));
    entries.put("train.sha256", TrainingDataHash.of(data));
    entries.put("train.negativeKeepRate", Double.toString(data.keepRate()));
    entries.put("validation.rows", Integer.toString(validationData.rows()));
    entries.put("validation.sha256", TrainingDataHash.of(validationData));
    entries.put("kernels", kernels.forward().name());
    entries.put("java", Runtime.version().toString());
    entries.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    String version = TrainingIdentity.class.getPackage().getImplementationVersion();
    entries.put("version", version == null ? "development" : version);
    return entries;
  }

  /** Sets and maps sorted: their own order may be another in each process. */
  private static String text(Task task) {
    String residual =
        task.residual()
            .map(
                link ->
                    link.parent()
                        + (link.allLayers()
                            ? " all layers"
                            : " layers " + new TreeSet<>(link.layers()))
                        + (link.logit() ? " logit" : ""))
            .orElse("none");
    return task.kind().typeId()
        + new TreeMap<>(task.kind().properties())
        + ", label "
        + task.label()
        + ", space "
        + task.space()
        + ", loss weight "
        + task.lossWeight()
        + ", positive weight "
        + task.positiveWeight()
        + ", negative keep rate "
        + task.negativeKeepRate()
        + ", mask "
        + task.mask().orElse("none")
        + ", residual "
        + residual;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
