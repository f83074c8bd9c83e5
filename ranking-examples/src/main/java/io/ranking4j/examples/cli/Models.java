package io.ranking4j.examples.cli;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.training.SingleHead;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The architectures by the names that the command line knows. */
final class Models {
  /** One head for any engagement, measured on each of them: what multi-task models replace. */
  static final String SINGLE_HEAD = "single-head";

  private static final Map<String, Function<int[], Architecture>> BY_NAME = byName();

  private Models() {}

  private static Map<String, Function<int[], Architecture>> byName() {
    Map<String, Function<int[], Architecture>> models = new LinkedHashMap<>();
    models.put("resflow", ResFlow::of);
    models.put("nse", SeparateTowers::of);
    models.put("shared-bottom", Models::sharedBottom);
    models.put("multi-head", tower -> new SharedBottom(Mlp.of(tower), Mlp.of()));
    models.put("esmm", Esmm::of);
    models.put(SINGLE_HEAD, tower -> new SharedBottom(Mlp.of(tower), Mlp.of()));
    return Collections.unmodifiableMap(models);
  }

  /** The first layer is shared, the others are each task's own. */
  private static Architecture sharedBottom(int[] tower) {
    return SharedBottom.of(tower[0], Arrays.copyOfRange(tower, 1, tower.length));
  }

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
    return BY_NAME.keySet();
  }

  /**
   * The architecture of that name.
   *
   * @param tower the widths of its hidden layers, at least one
   * @throws UnknownNameException where there is none, listing those that there are
   */
  static Architecture architecture(String name, int[] tower) {
    Function<int[], Architecture> model = BY_NAME.get(name);
    if (model == null) {
      throw new UnknownNameException("model", name, names());
    }
    return model.apply(tower);
  }
}
