package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.plan.Parameter;
import java.util.Arrays;

/** The numbers of a model, cut out and put together for a peer's graph. */
final class Numbers {
  private final RankingModel model;
  private final float[] parameters;

  Numbers(RankingModel model) {
    this.model = model;
    this.parameters = model.parameters();
  }

  float[] of(Parameter parameter) {
    return Arrays.copyOfRange(
        parameters, parameter.offset(), parameter.offset() + parameter.size());
  }

  float[] of(String name) {
    return model.plan().parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .map(this::of)
        .orElseThrow(() -> new IllegalArgumentException("no parameter '" + name + "'"));
  }

  /** What is added to the logit of a task. */
  double shift(int task) {
    TaskOutput output = model.outputs().get(task);
    if (output.calibrator().isPresent()) {
      throw new IllegalArgumentException("peers are given shifts of logits, no calibrators");
    }
    return output.logitShift() + output.intercept();
  }

  /** Rows from to before to of a matrix. */
  static float[] rows(float[] matrix, int columns, int from, int to) {
    return Arrays.copyOfRange(matrix, from * columns, to * columns);
  }

  /** Matrices of as many rows, side by side. */
  static float[] beside(float[][] matrices, int rows) {
    int width = 0;
    for (float[] matrix : matrices) {
      width += matrix.length / rows;
    }
    float[] all = new float[rows * width];
    int at = 0;
    for (float[] matrix : matrices) {
      int columns = matrix.length / rows;
      for (int r = 0; r < rows; r++) {
        System.arraycopy(matrix, r * columns, all, r * width + at, columns);
      }
      at += columns;
    }
    return all;
  }

  /** Columns become rows. */
  static float[] transposed(float[] matrix, int columns) {
    int rows = matrix.length / columns;
    float[] turned = new float[matrix.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = matrix[r * columns + c];
      }
    }
    return turned;
  }
}
