package io.ranking4j.nn.training;

import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be trained: features in, tasks out, and the architecture between them.
 *
 * @param schema the features
 * @param tasks what is predicted
 * @param architecture how
 * @param embeddingWidth the width of embeddings whose feature leaves it open, at least 1
 */
public record Network(
    FeatureSchema schema, TaskGraph tasks, Architecture architecture, int embeddingWidth) {
  /** Refuses a width below 1. */
  public Network {
    if (embeddingWidth < 1) {
      throw new IllegalArgumentException(
          "embeddingWidth must be at least 1, but was " + embeddingWidth);
    }
  }

  /** A network with embeddings of the default width. */
  public static Network of(FeatureSchema schema, Architecture architecture, Task... tasks) {
    return of(schema, architecture, TaskGraph.of(tasks));
  }

  /** A network with embeddings of the default width. */
  public static Network of(FeatureSchema schema, Architecture architecture, TaskGraph tasks) {
    return new Network(schema, tasks, architecture, FeatureEncoder.DEFAULT_WIDTH);
  }

  /** With embeddings of another width where the feature leaves it open. */
  public Network embeddingWidth(int width) {
    return new Network(schema, tasks, architecture, width);
  }

  /** With tasks linked as the architecture wants them. */
  Network linked(EncodedLabels labels) {
    Map<String, Double> positives = new HashMap<>();
    List<String> names = tasks.names();
    for (int t = 0; t < names.size(); t++) {
      positives.put(names.get(t), labels.positives(t));
    }
    return new Network(schema, architecture.link(tasks, positives), architecture, embeddingWidth);
  }
}
