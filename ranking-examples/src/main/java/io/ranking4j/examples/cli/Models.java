package io.ranking4j.examples.cli;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.training.SingleHead;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The architectures by the names that the command line knows. */
final class Models {
  /** One head for any engagement, measured on each of them: what multi-task models replace. */
  static final String SINGLE_HEAD = "single-head";

  private Models() {}

  /** The tasks that a model is measured by: its own, or with a single head those of the data. */
  static TaskGraph measured(RankingModel model, ExampleData data) {
    boolean single = model.tasks().names().equals(List.of(SingleHead.ENGAGEMENT));
    return single ? data.tasks() : model.tasks();
  }

  /** The single head of these tasks, each worth the same. */
  static SingleHead singleHead(TaskGraph tasks) {
    Map<String, Double> worth = new LinkedHashMap<>();
    tasks.tasks().forEach(task -> worth.put(task.label(), 1.0));
    return SingleHead.of(worth);
  }

  /** The names. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(Architectures.names());
    names.add(SINGLE_HEAD);
    return names;
  }

  /**
   * The architecture of that name, or that an object in JSON describes.
   *
   * @param name a name, with additions behind it, or the JSON itself
   * @param recipe has the widths of its hidden layers; not read with JSON
   * @throws UnknownNameException where there is none, listing those that there are
   */
  static Architecture architecture(String name, Recipe recipe) {
    if (name.equals(SINGLE_HEAD)) {
      return recipe.architecture("multi-head");
    }
    if (name.startsWith("{")) {
      return Architectures.fromJson(name);
    }
    if (name.indexOf('+') < 0 && !Architectures.names().contains(name)) {
      throw new UnknownNameException("model", name, names());
    }
    return recipe.architecture(name);
  }
}
