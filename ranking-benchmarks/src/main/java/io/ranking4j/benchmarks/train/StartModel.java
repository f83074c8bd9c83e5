package io.ranking4j.benchmarks.train;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.InputAssembler;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.schema.Side;

/** The numbers that a training starts from, for a peer to start from the same ones. */
final class StartModel {
  /** So small that no float changes by it. */
  private static final double NO_LEARNING = 1e-30;

  private StartModel() {}

  /** What the trainer starts from with these options and this data: it depends on the seed. */
  static RankingModel of(
      Network network, TrainerOptions options, Dataset train, Dataset validation) {
    TrainerOptions still =
        options
            .epochs(1)
            .learningRate(NO_LEARNING)
            .tables(options.tables().learningRate(NO_LEARNING))
            .averaging(0);
    return Trainer.of(network).options(still).fit(train, validation);
  }

  /** What the network itself says, without corrections: rows x tasks. */
  static float[] probabilities(RankingModel model, EncodedRows features, int[] rows) {
    int width = features.layout().width();
    float[] inputs = new float[rows.length * width];
    InputAssembler assembler = new InputAssembler(features.layout(), model.tables());
    for (int r = 0; r < rows.length; r++) {
      assembler.assemble(Side.CONTEXT, features, rows[r], inputs, r * width);
      assembler.assemble(Side.CANDIDATE, features, rows[r], inputs, r * width);
    }
    try (FrozenPlan plan =
            new FrozenPlan(
                model.plan(), model.parameters(), model.states(), KernelChoice.FASTEST.create(1));
        FrozenPlan.Execution execution = plan.execution(rows.length)) {
      execution.input().write(inputs);
      execution.run();
      float[] outputs = execution.outputs().toArray();
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) (1 / (1 + Math.exp(-outputs[i])));
      }
      return outputs;
    }
  }
}
