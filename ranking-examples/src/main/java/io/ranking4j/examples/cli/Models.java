package io.ranking4j.examples.cli;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The architectures by the names that the command line knows. */
final class Models {
  private static final Map<String, Function<int[], Architecture>> BY_NAME = byName();

  private Models() {}

  private static Map<String, Function<int[], Architecture>> byName() {
    Map<String, Function<int[], Architecture>> models = new LinkedHashMap<>();
    models.put("resflow", ResFlow::of);
    models.put("nse", SeparateTowers::of);
    models.put("shared-bottom", Models::sharedBottom);
    models.put("multi-head", tower -> new SharedBottom(Mlp.of(tower), Mlp.of()));
    models.put("esmm", Esmm::of);
    return Collections.unmodifiableMap(models);
  }

  /** The first layer is shared, the others are each task's own. */
  private static Architecture sharedBottom(int[] tower) {
    return SharedBottom.of(tower[0], Arrays.copyOfRange(tower, 1, tower.length));
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
