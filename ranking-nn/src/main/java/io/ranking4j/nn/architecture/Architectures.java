package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.json.Json;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The architectures by the names that provenance, command lines and configuration know. A name may
 * be followed by additions, each behind a plus sign and in any order:
 *
 * <ul>
 *   <li>{@code +cross}, {@code +cross2}, ...: so many cross layers before it;
 *   <li>{@code +fm}: a factorisation machine beside it;
 *   <li>{@code +features}, {@code +features1}, {@code +features2}, ..., {@code +logit}, {@code
 *       +unlinked}: what towers of dependent tasks take over ({@link Carried}), with resflow and
 *       esmm-resflow;
 *   <li>{@code +given}, {@code +sparsity}, {@code +star}, {@code +reversed}, {@code
 *       +parents=like:click,follow:like}: which task depends on which ({@link Topology});
 *   <li>{@code +domains=feature,feature}: a network for each domain ({@link DomainTowers}).
 * </ul>
 *
 * <p>For example {@code resflow+features+logit+star} and {@code esmm+cross2+fm}. In JSON an
 * architecture is an object with its name, its options by the names they have in its class, and
 * additions as members as well:
 *
 * <pre>{@code
 * {"name": "mmoe", "experts": 4, "expert": [128], "tower": [64], "cross": 2}
 * {"name": "resflow", "tower": {"widths": [128, 64], "batchNorm": true},
 *  "features": [2], "logit": true, "topology": "star"}
 * }</pre>
 */
public final class Architectures {
  private static final Map<String, Function<int[], Architecture>> BY_NAME = byName();
  private static final String DOMAIN_TOWERS = "domain-towers";
  private static final int[] DEFAULT_TOWER =
      ResFlow.DEFAULT_TOWER.stream().mapToInt(Integer::intValue).toArray();
  private static final int MOST_NESTED = 10;

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
    all.put(DOMAIN_TOWERS, SeparateTowers::of);
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
   * @param name one of the {@link #names}, with additions
   * @param tower the widths of its hidden layers, at least one; where there is a shared bottom or
   *     experts, theirs is the first
   * @throws UnknownNameException where there is none, listing those that there are
   * @throws IllegalArgumentException where there is no width, or an addition does not fit
   */
  public static Architecture of(String name, int... tower) {
    if (tower.length == 0) {
      throw new IllegalArgumentException("there must be at least one hidden layer, but was none");
    }
    String[] parts = name.split("\\+", -1);
    Additions additions = Additions.NONE;
    for (int i = 1; i < parts.length; i++) {
      additions = additions.and(parts[i]);
    }
    return around(parts[0], base(parts[0], tower), additions);
  }

  private static Architecture base(String name, int[] tower) {
    Function<int[], Architecture> made = BY_NAME.get(name);
    if (made == null) {
      throw new UnknownNameException("model", name, names());
    }
    return made.apply(tower.clone());
  }

  private static Architecture around(String name, Architecture base, Additions additions) {
    if (name.equals(DOMAIN_TOWERS) && additions.domains().isEmpty()) {
      throw new IllegalArgumentException(
          DOMAIN_TOWERS
              + " must be told the features that say the domain, as in "
              + DOMAIN_TOWERS
              + "+domains=standard,shopping");
    }
    return additions.around(base);
  }

  /**
   * Reads an architecture; see above. Options that are not said are as by name with towers of
   * {@link ResFlow#DEFAULT_TOWER}.
   *
   * @throws UnknownNameException where the name, an option or an addition is not known, listing
   *     those that are
   * @throws IllegalArgumentException where the text is no JSON object with a name, or a value is
   *     not of the type or range that its option needs
   */
  public static Architecture fromJson(String json) {
    Json root = Json.read(json, MOST_NESTED);
    if (!root.path("name").isText()) {
      throw new IllegalArgumentException(
          "an architecture must be an object with a \"name\", one of "
              + names()
              + ", but was "
              + root);
    }
    String[] parts = root.path("name").text().split("\\+", -1);
    Additions additions = Additions.NONE;
    for (int i = 1; i < parts.length; i++) {
      additions = additions.and(parts[i]);
    }
    Architecture base = ArchitectureJson.read(root, base(parts[0], DEFAULT_TOWER));
    return around(parts[0], base, AdditionsJson.read(root, additions));
  }

  /**
   * Writes an architecture so that {@link #fromJson} reads one that equals it.
   *
   * @throws IllegalArgumentException where it is none of the {@link #names}, with additions in the
   *     order in which names build them
   */
  public static String toJson(Architecture architecture) {
    Additions additions = Additions.of(architecture);
    Architecture base = Additions.base(architecture);
    if (!BY_NAME.containsKey(base.name()) || !additions.around(base).equals(architecture)) {
      throw new IllegalArgumentException(
          "only what names build can be written as JSON, but the architecture is "
              + architecture.name());
    }
    Json root = Json.object().put("name", base.name());
    ArchitectureJson.write((Record) base, root);
    AdditionsJson.write(additions, root);
    return root.toString();
  }
}
