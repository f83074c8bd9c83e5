package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The architectures by the names that provenance, command lines and configuration know. A name may
 * be followed by {@code +cross} or {@code +cross2} and so on, for so many cross layers before it,
 * and by {@code +fm}, for a factorisation machine beside it: {@code resflow+cross2+fm}.
 */
public final class Architectures {
  private static final Map<String, Function<int[], Architecture>> BY_NAME = byName();
  private static final String CROSS = "cross";
  private static final String MACHINE = "fm";
  private static final int MOST_CROSS_LAYERS = 9;

  private Architectures() {}

  private static Map<String, Function<int[], Architecture>> byName() {
    Map<String, Function<int[], Architecture>> all = new LinkedHashMap<>();
    all.put("resflow", ResFlow::of);
    all.put("single-task", SingleTask::of);
    all.put("nse", SeparateTowers::of);
    all.put("shared-bottom", tower -> SharedBottom.of(tower[0], rest(tower)));
    all.put("multi-head", tower -> new SharedBottom(Mlp.of(tower), Mlp.of()));
    all.put("mmoe", tower -> Mmoe.of(tower[0], rest(tower)));
    all.put("omoe", tower -> omoe(tower[0], rest(tower)));
    all.put("cgc", tower -> Ple.cgc(tower[0], rest(tower)));
    all.put("ple", tower -> Ple.of(tower[0], rest(tower)));
    all.put("aitm", Aitm::of);
    all.put("esmm", Esmm::of);
    all.put("esmm-resflow", EsmmFlow::of);
    all.put("escm2-ipw", Escm2::ipw);
    all.put("escm2-dr", Escm2::dr);
    all.put("dcmt", Dcmt::of);
    all.put("progressive", Progressive::of);
    return Collections.unmodifiableMap(all);
  }

  private static Mmoe omoe(int expert, int[] tower) {
    return new Mmoe(Mmoe.DEFAULT_EXPERTS, Mlp.of(expert), Mlp.of(tower), true, 0);
  }

  private static int[] rest(int[] tower) {
    return Arrays.copyOfRange(tower, 1, tower.length);
  }

  /** The names, without what may follow them. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The architecture of that name, with its defaults.
   *
   * @param name one of the {@link #names}, with what may follow it
   * @param tower the widths of its hidden layers, at least one; where there is a shared bottom or
   *     experts, theirs is the first
   * @throws UnknownNameException where there is none, listing those that there are
   * @throws IllegalArgumentException where there is no width
   */
  public static Architecture of(String name, int... tower) {
    if (tower.length == 0) {
      throw new IllegalArgumentException("there must be at least one hidden layer, but was none");
    }
    String[] parts = name.split("\\+", -1);
    Function<int[], Architecture> made = BY_NAME.get(parts[0]);
    if (made == null) {
      throw new UnknownNameException("model", parts[0], names());
    }
    int crossLayers = 0;
    boolean machine = false;
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].equals(MACHINE)) {
        machine = true;
      } else {
        crossLayers = crossLayers(parts[i]);
      }
    }
    Architecture inner = made.apply(tower.clone());
    return crossLayers == 0 && !machine ? inner : new Interactions(inner, crossLayers, machine);
  }

  private static int crossLayers(String part) {
    for (int layers = 1; layers <= MOST_CROSS_LAYERS; layers++) {
      if (part.equals(CROSS + layers) || (layers == 1 && part.equals(CROSS))) {
        return layers;
      }
    }
    throw new UnknownNameException("addition to a model", part, Set.of(CROSS, "cross2", MACHINE));
  }
}
