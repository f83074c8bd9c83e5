package io.ranking4j.runtime.serving;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Stem;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network whose first layer is taken apart gives what the same network gives as a whole. */
class ServingNetworkTest {
  private static final int ROWS = 300;

  /** Wide enough that the table of the items is too large to be folded. */
  private static final int WIDE = 4096;

  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(
              categorical("user"),
              numeric("age"),
              categorical("seen").multiValued(Pooling.SUM),
              categorical("watched")
                  .multiValued(Pooling.attention("item"))
                  .sharingTableWith("item"))
          .candidate(
              categorical("item"),
              categorical("shop"),
              categorical("colour"),
              categorical("size"),
              categorical("brand"),
              categorical("kind"),
              categorical("tags").multiValued(Pooling.MEAN),
              categorical("alike").multiValued(Pooling.attention("user")).sharingTableWith("user"),
              numeric("price"))
          .build();
  private static final List<String> CONTEXT = names(SCHEMA.context());
  private static final List<String> CANDIDATE = names(SCHEMA.candidate());
  private static final Set<String> ATTENDED = Set.of("watched", "alike");
  private static final List<List<String>> LISTS = lists(new Random(6), "t", 1);
  private static final List<List<String>> HISTORIES = lists(new Random(7), "v", 0);
  private static final Dataset DATA = data(new Random(5));
  private static final FeatureEncoder ENCODER = FeatureEncoder.fit(SCHEMA, DATA, 4);

  private static List<String> names(List<Feature> features) {
    return features.stream().map(Feature::name).toList();
  }

  static Stream<Arguments> networks() {
    List<Kernels> kernels = new ArrayList<>(List.of(new JavaKernels()));
    if (DnnlKernels.available()) {
      kernels.add(DnnlKernels.create(1));
    }
    return kernels.stream()
        .flatMap(
            one ->
                Stream.of(
                    Arguments.of(one, "residual towers", plan(ServingNetworkTest::towers)),
                    Arguments.of(one, "every activation", plan(ServingNetworkTest::activations)),
                    Arguments.of(one, "lines alone", plan(ServingNetworkTest::lines)),
                    Arguments.of(one, "parts of the input", plan(ServingNetworkTest::parts)),
                    Arguments.of(one, "a wide layer", plan(width -> wide(width, WIDE)))));
  }

  private static Plan plan(IntFunction<Plan> architecture) {
    return architecture.apply(ENCODER.layout().width());
  }

  /** Three towers one on top of the other, with normalisation and dropout. */
  private static Plan towers(int width) {
    PlanBuilder plan = new PlanBuilder(width);
    Value parent = null;
    Value logit = null;
    for (String task : List.of("click", "cart", "order")) {
      Value x = plan.dropout(plan.input(), 0.1);
      Value z = plan.activate(task, plan.dense(task, x, 9), Activation.PRELU);
      z = plan.dropout(plan.batchNorm(task + ".norm", plan.dropout(z, 0.2)), 0.3);
      z = parent == null ? z : plan.add(z, parent);
      Value own = plan.dense(task + ".head", z, 1);
      logit = logit == null ? own : plan.add(own, logit);
      parent = z;
      plan.output(task, logit);
    }
    return plan.build();
  }

  private static Plan activations(int width) {
    PlanBuilder plan = new PlanBuilder(width);
    Value first = plan.dense("first", plan.input(), 5);
    Value late = plan.activate("late", plan.dense("late", first, 5), Activation.TANH);
    for (Activation activation : Activation.values()) {
      String name = activation.name();
      Value z = plan.activate(name, plan.dense(name, plan.input(), 5, null), activation);
      z = plan.add(plan.multiply(z, first), plan.add(z, late));
      plan.output(
          name, plan.logitOfProduct(plan.dense(name + ".head", z, 1), plan.columns(z, 2, 1)));
    }
    return plan.build();
  }

  private static Plan lines(int width) {
    PlanBuilder plan = new PlanBuilder(width);
    Value click = plan.dense("click", plan.input(), 1, new Start.Constant(0.3f));
    plan.output("click", click);
    plan.output("order", plan.add(plan.dense("order", plan.input(), 1), click));
    return plan.build();
  }

  /** A wide part of few columns beside a deep one. */
  private static Plan parts(int width) {
    PlanBuilder plan = new PlanBuilder(width);
    Value few = plan.columns(plan.columns(plan.input(), 3, 7), 2, 4);
    Value deep = plan.activate("deep", plan.dense("deep", plan.input(), 6), Activation.RELU);
    Value both = plan.concat(List.of(deep, plan.dense("few", few, 2)));
    plan.output("click", plan.add(plan.dense("head", both, 1), plan.dense("wide", few, 1)));
    return plan.build();
  }

  private static Plan wide(int width, int hidden) {
    PlanBuilder plan = new PlanBuilder(width);
    Value z = plan.activate("z", plan.dense("z", plan.input(), hidden), Activation.RELU);
    plan.output("click", plan.dense("head", z, 1));
    return plan.build();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("networks")
  void should_give_what_the_whole_network_gives(Kernels kernels, String name, Plan plan) {
    long seed = 17;
    Random random = new Random(seed);
    List<EmbeddingTable> tables = tables(random);
    float[] parameters = parameters(plan, random);
    float[] states = new float[plan.stateCount()];
    for (int i = 0; i < states.length; i++) {
      states[i] = 0.5f + random.nextFloat();
    }
    assertThat(Stem.of(plan, parameters, states)).isPresent();
    try (ServingNetwork whole =
            new WholeNetwork(ENCODER.layout(), tables, plan, parameters, states, kernels);
        ServingNetwork parts =
            ServingNetwork.of(ENCODER.layout(), tables, plan, parameters, states, kernels)) {
      assertThat(parts).isInstanceOf(StemNetwork.class);
      assertThat(parts.outputWidth()).isEqualTo(whole.outputWidth());
      for (int count : new int[] {1, 2, 7, 128}) {
        close(rows(parts, count), rows(whole, count), name + ", rows, " + count);
        close(request(parts, count), request(whole, count), name + ", request, " + count);
      }
    }
  }

  @Test
  void should_run_as_a_whole_where_more_than_products_reads_the_input() {
    PlanBuilder plan = new PlanBuilder(ENCODER.layout().width());
    Value crossed =
        plan.multiply(plan.input(), plan.dense("cross", plan.input(), plan.input().width()));
    plan.output("click", plan.dense("head", plan.add(crossed, plan.input()), 1));
    Plan built = plan.build();
    Random random = new Random(3);
    float[] parameters = parameters(built, random);

    try (ServingNetwork network =
        ServingNetwork.of(
            ENCODER.layout(), tables(random), built, parameters, new float[0], new JavaKernels())) {
      assertThat(network).isInstanceOf(WholeNetwork.class);
      close(rows(network, 5), request(network, 5), "rows and a request of the same features");
    }
  }

  private static void close(float[] actual, float[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      float allowed = 1e-5f * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as("%s, output %d", what, i).isCloseTo(expected[i], within(allowed));
    }
  }

  /** Row 0's context with the candidates of the first rows. */
  private static float[] request(ServingNetwork network, int count) {
    Features context = features(0, CONTEXT);
    List<Candidate> candidates =
        IntStream.range(0, count)
            .mapToObj(r -> Candidate.of("c" + r, features(r, CANDIDATE)))
            .toList();
    EncodedRows encoded = ENCODER.encodeCandidates(context, candidates, ENCODER.newCandidateRows());
    try (ServingNetwork.Blocks blocks = network.newBlocks()) {
      blocks.start(ENCODER.encodeContext(context));
      return Arrays.copyOf(blocks.run(encoded, 0, count), count * network.outputWidth());
    }
  }

  /** The first rows, each with the context of row 0, so that a request gives the same. */
  private static float[] rows(ServingNetwork network, int count) {
    int[] rows = IntStream.range(0, count).toArray();
    Dataset.Builder builder = Dataset.builder();
    Dataset contexts = DATA.select(new int[count]);
    Dataset candidates = DATA.select(rows);
    CONTEXT.forEach(name -> builder.column(name, contexts.column(name)));
    CANDIDATE.forEach(name -> builder.column(name, candidates.column(name)));
    EncodedRows encoded = ENCODER.encode(builder.build());
    try (ServingNetwork.Blocks blocks = network.newBlocks()) {
      blocks.start();
      return Arrays.copyOf(blocks.run(encoded, 0, count), count * network.outputWidth());
    }
  }

  private static Features features(int row, List<String> names) {
    Features.Builder features = Features.builder();
    for (String name : names) {
      Column column = DATA.column(name);
      if (column instanceof CategoricalColumn categories) {
        features.set(name, categories.dictionary()[categories.codes()[row]]);
      } else if (column instanceof ListColumn) {
        features.set(name, ATTENDED.contains(name) ? HISTORIES.get(row) : LISTS.get(row));
      } else if (column instanceof NumericColumn numbers) {
        features.set(name, numbers.values()[row]);
      }
    }
    return features.build();
  }

  private static Dataset data(Random random) {
    return Dataset.builder()
        .column("user", categories(random, 40))
        .column("item", categories(random, 250))
        .column("shop", categories(random, 3))
        .column("colour", categories(random, 4))
        .column("size", categories(random, 5))
        .column("brand", categories(random, 6))
        .column("kind", categories(random, 2))
        .column("seen", ListColumn.of(LISTS))
        .column("tags", ListColumn.of(LISTS))
        .column("watched", ListColumn.of(HISTORIES))
        .column("alike", ListColumn.of(HISTORIES))
        .column("age", NumericColumn.of(random.doubles(ROWS).toArray()))
        .column("price", NumericColumn.of(random.doubles(ROWS).toArray()))
        .build();
  }

  private static CategoricalColumn categories(Random random, int values) {
    return CategoricalColumn.of(
        IntStream.range(0, ROWS).mapToObj(r -> "v" + random.nextInt(values)).toList());
  }

  private static List<List<String>> lists(Random random, String prefix, int shortest) {
    List<List<String>> lists = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      List<String> list = new ArrayList<>();
      for (int i = 0; i < (r + 3) % 4 + shortest; i++) {
        list.add(prefix + random.nextInt(9));
      }
      lists.add(List.copyOf(list));
    }
    return lists;
  }

  private static List<EmbeddingTable> tables(Random random) {
    List<EmbeddingTable> tables = new ArrayList<>();
    for (TableSpec spec : ENCODER.layout().tables()) {
      EmbeddingTable table = EmbeddingTable.zeros(spec);
      fill(random, table.values(), 0, table.values().length, 0.7);
      tables.add(table);
    }
    return tables;
  }

  private static float[] parameters(Plan plan, Random random) {
    float[] parameters = new float[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      double scale = parameter.rows() == 1 ? 0.7 : 1 / Math.sqrt(parameter.rows());
      fill(random, parameters, parameter.offset(), parameter.size(), scale);
    }
    return parameters;
  }

  private static void fill(Random random, float[] numbers, int from, int count, double scale) {
    for (int i = from; i < from + count; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
  }
}
