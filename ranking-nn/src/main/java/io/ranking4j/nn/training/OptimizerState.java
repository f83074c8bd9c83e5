package io.ranking4j.nn.training;

import io.ranking4j.nn.dl4j.GraphState;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What the optimisers of a training remember, from one training to the next of the same network.
 */
final class OptimizerState {
  private static final String OPTIMIZER = "tables.optimizer";
  private static final String WEIGHTS = "weights.sha256";
  private static final int BUFFER = 1 << 16;

  private OptimizerState() {}

  /** SHA-256 of all learned numbers of a model. */
  static String weightsHash(RankingModel model) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, model.parameters());
      add(digest, model.states());
      model.tables().forEach(table -> add(digest, table.values()));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (float value : values) {
      if (!buffer.hasRemaining()) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      buffer.putFloat(value);
    }
    digest.update(buffer.flip());
  }

  /**
   * Writes it.
   *
   * @param model what the training returns
   * @throws UncheckedIOException where that fails
   */
  static void write(
      Path file,
      RankingModel model,
      Plan plan,
      List<EmbeddingTable> tables,
      TrainerOptions options,
      TrainingStep step) {
    StateWriter state = new StateWriter();
    step.save(state);
    Map<String, String> identity =
        Map.of(OPTIMIZER, options.tables().optimizer().describe(), WEIGHTS, weightsHash(model));
    try {
      TrainingState.write(file, identity, plan, tables, options, state);
    } catch (IOException e) {
      throw new UncheckedIOException("the state of the training cannot be written to " + file, e);
    }
  }

  /**
   * Lets the optimisers go on.
   *
   * @param model that was trained with it
   * @return how many steps were done before
   * @throws IllegalArgumentException where it is of another model or of other optimisers
   * @throws io.ranking4j.error.ModelFileException where it cannot be used
   * @throws UncheckedIOException where it cannot be read
   */
  static int load(
      Path file,
      RankingModel model,
      Plan plan,
      TrainerOptions options,
      ComputationGraph graph,
      List<TableSpec> tables,
      TrainingStep step) {
    try (TrainingState state = TrainingState.open(file)) {
      check(file, WEIGHTS, weightsHash(model), state);
      check(file, OPTIMIZER, options.tables().optimizer().describe(), state);
      Map<String, TrainingState.ParameterState> parameters = state.parameterStates();
      float[] first = new float[plan.parameterCount()];
      float[] second = new float[plan.parameterCount()];
      for (Parameter parameter : plan.parameters()) {
        TrainingState.ParameterState before = parameters.get(parameter.name());
        if (before == null || before.first().length != parameter.size()) {
          throw new IllegalArgumentException(
              "'" + file + "' has no state of parameter '" + parameter.name() + "'");
        }
        System.arraycopy(before.first(), 0, first, parameter.offset(), parameter.size());
        System.arraycopy(before.second(), 0, second, parameter.offset(), parameter.size());
      }
      for (int t = 0; t < tables.size(); t++) {
        TrainingState.TableState before = state.table(tables.get(t).name()).orElseThrow();
        step.continueTable(t, before.table().spec().rows(), before.memory(), before.optimizer());
      }
      return new GraphState(graph).goOn(first, second, state.reader().part(TrainingStep.GRAPH));
    } catch (IOException e) {
      throw new UncheckedIOException("the state of the training cannot be read from " + file, e);
    }
  }

  private static void check(Path file, String name, String now, TrainingState state) {
    String before = state.identity().getOrDefault(name, "nothing");
    if (!before.equals(now)) {
      throw new IllegalArgumentException(
          "'" + file + "' is of another training: " + name + " was " + before + " and is " + now);
    }
  }
}
