package io.ranking4j.benchmarks.network;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Part;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Models whose numbers are random, at the scales that training leaves: what a network computes does
 * not change how long it takes, but saturated probabilities would hide where two engines differ.
 */
final class RandomModels {
  private static final double BIAS = 0.1;
  private static final double SLOPE = 0.25;
  private static final double EMBEDDING = 0.5;

  private RandomModels() {}

  static RankingModel of(
      long seed,
      FeatureSchema schema,
      Dataset data,
      TaskGraph tasks,
      Architecture architecture,
      int embeddingWidth) {
    Random random = new Random(seed);
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, embeddingWidth);
    List<EmbeddingTable> tables = new ArrayList<>();
    for (TableSpec spec : encoder.layout().tables()) {
      EmbeddingTable table = EmbeddingTable.zeros(spec);
      fill(random, table.values(), 0, table.values().length, EMBEDDING);
      tables.add(table);
    }
    Plan plan = Part.of(architecture.plan(encoder.layout(), tasks), tasks.names()).plan();
    float[] parameters = new float[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      double scale = parameter.rows() == 1 ? BIAS : Math.sqrt(1.5 / parameter.rows());
      fill(random, parameters, parameter.offset(), parameter.size(), scale);
    }
    for (Step step : plan.steps()) {
      if (step instanceof Step.Activate activate && activate.slope() != null) {
        Parameter slope = activate.slope();
        for (int i = slope.offset(); i < slope.offset() + slope.size(); i++) {
          parameters[i] += (float) SLOPE;
        }
      }
    }
    List<TaskOutput> outputs = new ArrayList<>();
    for (int t = 0; t < tasks.tasks().size(); t++) {
      // Rare actions: negatives sampled, and an intercept that mends the mean.
      outputs.add(
          new TaskOutput(tasks.tasks().get(t), -0.5 * (t + 1), 0.1 * (t + 1), Optional.empty()));
    }
    return new RankingModel(
        encoder, tables, plan, parameters, plan.initialStates(), outputs, Provenance.of(Map.of()));
  }

  private static void fill(Random random, float[] numbers, int from, int count, double scale) {
    for (int i = from; i < from + count; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
  }
}
