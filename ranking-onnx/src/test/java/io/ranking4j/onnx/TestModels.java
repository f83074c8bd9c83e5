package io.ranking4j.onnx;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.TaskKind;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Models whose numbers are random rather than trained, so that every one of them matters. */
final class TestModels {
  private static final int WIDTH = 4;

  private TestModels() {}

  /** A model over {@link TestLog#everyKind()}. */
  static RankingModel random(long seed, TaskGraph tasks, Function<InputLayout, Plan> architecture) {
    return random(seed, TestLog.everyKind(), TestLog.rows(1, 300), tasks, architecture);
  }

  /** A model. */
  static RankingModel random(
      long seed,
      FeatureSchema schema,
      Dataset data,
      TaskGraph tasks,
      Function<InputLayout, Plan> architecture) {
    Random random = new Random(seed);
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, WIDTH);
    List<EmbeddingTable> tables = new ArrayList<>();
    for (TableSpec spec : encoder.layout().tables()) {
      EmbeddingTable table = EmbeddingTable.zeros(spec);
      fill(random, table.values(), 0, table.values().length, 0.7);
      tables.add(table);
    }
    Plan plan = architecture.apply(encoder.layout());
    float[] parameters = new float[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      double scale = parameter.rows() == 1 ? 0.7 : 2 / Math.sqrt(parameter.rows());
      fill(random, parameters, parameter.offset(), parameter.size(), scale);
    }
    float[] states = new float[plan.stateCount()];
    for (int i = 0; i < states.length; i++) {
      states[i] = 0.5f + random.nextFloat(); // a mean or a variance
    }
    List<TaskOutput> outputs = tasks.tasks().stream().map(TaskOutput::uncorrected).toList();
    return new RankingModel(
        encoder, tables, plan, parameters, states, outputs, Provenance.of(Map.of()));
  }

  private static void fill(Random random, float[] numbers, int from, int count, double scale) {
    for (int i = from; i < from + count; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
  }

  /** A model of one task, whose logit is the feature "z". */
  static RankingModel identity(Task task) {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(Feature.numeric("z").asIs().required()).build();
    Dataset data = logits(0, 1);
    RankingModel model =
        random(
            1,
            schema,
            data,
            TaskGraph.of(task),
            layout -> {
              var plan = new PlanBuilder(layout.width());
              plan.output(task.name(), plan.dense("head", plan.input(), task.kind().width()));
              return plan.build();
            });
    float[] parameters = new float[model.plan().parameterCount()];
    parameters[0] = 1;
    return new RankingModel(
        model.encoder(),
        model.tables(),
        model.plan(),
        parameters,
        model.states(),
        model.outputs(),
        model.provenance());
  }

  /** Rows with these values of "z". */
  static Dataset logits(double... z) {
    return Dataset.builder().column("z", NumericColumn.of(z)).build();
  }

  /** A kind that predicts the sum of its outputs, which is no probability. */
  record SumKind(int width) implements TaskKind {
    @Override
    public String typeId() {
      return "sum";
    }

    @Override
    public Map<String, String> properties() {
      return Map.of();
    }

    @Override
    public boolean probability() {
      return false;
    }

    @Override
    public String labelRange() {
      return "any number";
    }

    @Override
    public boolean accepts(double label) {
      return true;
    }

    @Override
    public double loss(double label, float[] outputs, float[] gradient, int offset) {
      throw new UnsupportedOperationException("not trained");
    }

    @Override
    public double predict(float[] outputs, int offset) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += outputs[offset + i];
      }
      return sum;
    }

    @Override
    public void start(double mean, double variance, float[] start) {
      throw new UnsupportedOperationException("not trained");
    }
  }
}
