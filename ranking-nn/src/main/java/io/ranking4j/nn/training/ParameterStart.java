package io.ranking4j.nn.training;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Numbers at random. Each parameter and table draws from a stream of its own, by its name, so that
 * adding one leaves the others as they were.
 */
final class ParameterStart implements TrainingStart {
  private static final double MIN_RATE = 1e-7;

  private final TaskGraph tasks;
  private final EncodedLabels labels;
  private final long seed;
  private final boolean baseRates;

  /**
   * @param baseRates whether heads start at base rates; else at zero
   */
  ParameterStart(TaskGraph tasks, EncodedLabels labels, long seed, boolean baseRates) {
    this.baseRates = baseRates;
    this.tasks = tasks;
    this.labels = labels;
    this.seed = seed;
  }

  @Override
  public float[] parameters(Plan plan) {
    float[] values = new float[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      int from = parameter.offset();
      int to = from + parameter.size();
      Start start = parameter.start();
      if (start instanceof Start.Glorot) {
        double limit = Math.sqrt(6.0 / (parameter.rows() + parameter.columns()));
        SplittableRandom random = stream(parameter.name());
        for (int i = from; i < to; i++) {
          values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
      } else if (start instanceof Start.Constant constant) {
        Arrays.fill(values, from, to, constant.value());
      } else if (baseRates) {
        System.arraycopy(head(start), 0, values, from, parameter.size());
      }
    }
    return values;
  }

  @Override
  public EmbeddingTable table(TableSpec spec, double deviation) {
    EmbeddingTable table = EmbeddingTable.zeros(spec);
    draw(table, deviation, 1);
    return table;
  }

  /** Draws all rows of a table, for each epoch others. */
  @Override
  public void draw(EmbeddingTable table, double deviation, int epoch) {
    String name = "table " + table.spec().name() + (epoch == 1 ? "" : " in epoch " + epoch);
    Random random = new Random(stream(name).nextLong());
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = (float) (random.nextGaussian() * deviation);
    }
  }

  private SplittableRandom stream(String name) {
    // FNV-1a over the name. A plain sum of seed and hash would not do: the generator steps by
    // adding
    // a constant, so that neighbouring seeds could give the same numbers, shifted by one.
    long hash = new SplittableRandom(seed).nextLong();
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return new SplittableRandom(hash);
  }

  private float[] head(Start start) {
    if (start instanceof Start.BaseRate rate) {
      return baseRate(rate.task());
    }
    if (start instanceof Start.Difference difference) {
      float[] own = head(difference.whole());
      float[] added = head(difference.added());
      for (int i = 0; i < own.length; i++) {
        own[i] -= added[i];
      }
      return own;
    }
    if (start instanceof Start.BaseRateRatio ratio) {
      double rate = mean(ratio.task()) / Math.max(mean(ratio.parent()), MIN_RATE);
      double clipped = Math.min(Math.max(rate, MIN_RATE), 1 - MIN_RATE);
      return new float[] {(float) Math.log(clipped / (1 - clipped))};
    }
    throw new IllegalStateException("unknown start " + start);
  }

  private float[] baseRate(String name) {
    Task task = tasks.task(name);
    double mean = mean(name);
    double square = moment(name, 2);
    float[] start = new float[task.kind().width()];
    task.kind().start(mean, Math.max(0, square - mean * mean), start);
    return start;
  }

  private double mean(String task) {
    return moment(task, 1);
  }

  /** A moment of the transformed labels, weighted as in the loss. */
  private double moment(String name, int power) {
    Task task = tasks.task(name);
    int t = tasks.names().indexOf(name);
    double sum = 0;
    double total = 0;
    for (int r = 0; r < labels.rows(); r++) {
      double weight = labels.weight(r, t);
      if (weight > 0) {
        float label = labels.label(r, t);
        if (task.kind().probability() && label == 1) {
          weight *= task.positiveWeight();
        }
        double value = task.kind().transformForStart(label);
        sum += weight * (power == 1 ? value : value * value);
        total += weight;
      }
    }
    return total == 0 ? 0 : sum / total;
  }
}
