package io.ranking4j.nn.fold;

import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.runtime.embedding.Sums;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features whose categories are looked up together: a batch has far fewer combinations of the
 * categories of small features than rows, so that their sums are made once and used by many rows.
 */
final class FoldedGroup {
  private final FoldedField[] fields;
  private final int width;
  private final float[] @Nullable [] sums;
  private final int[] usedIn;
  private final float[][] @Nullable [] gradients;
  private final int[][] reachedIn;
  private int[] codes = {};
  private int step;

  FoldedGroup(List<FoldedField> fields, int width, int parts) {
    this.fields = fields.toArray(new FoldedField[0]);
    this.width = width;
    int codeCount = combinations(fields);
    this.sums = new float[codeCount] @Nullable [];
    this.usedIn = new int[codeCount];
    this.gradients = new float[parts][codeCount] @Nullable [];
    this.reachedIn = new int[parts][codeCount];
  }

  static int combinations(List<FoldedField> fields) {
    return fields.stream().mapToInt(FoldedField::rows).reduce(1, Math::multiplyExact);
  }

  FoldedField[] fields() {
    return fields;
  }

  /** The combination that each row of the batch has. */
  int[] codes() {
    return codes;
  }

  /** What a combination of the batch adds. */
  float[] sum(int code) {
    float[] sum = sums[code];
    if (sum == null) {
      throw new IllegalStateException("combination " + code + " is not in the batch");
    }
    return sum;
  }

  /** Takes another batch, once the products of its fields are made. */
  void select(BatchRows rows) {
    step++;
    int count = rows.count();
    if (codes.length < count) {
      codes = new int[count];
    }
    System.arraycopy(rows.ids(fields[0].field().index()), 0, codes, 0, count);
    for (int f = 1; f < fields.length; f++) {
      int[] ids = rows.ids(fields[f].field().index());
      int radix = fields[f].rows();
      for (int r = 0; r < count; r++) {
        codes[r] = codes[r] * radix + ids[r];
      }
    }
    for (int r = 0; r < count; r++) {
      int code = codes[r];
      if (usedIn[code] != step) {
        usedIn[code] = step;
        sum(code, code);
      }
    }
  }

  private void sum(int code, int digits) {
    int last = fields.length - 1;
    if (last == 0) {
      sums[code] = fields[0].products()[code];
      return;
    }
    float[] sum = sums[code];
    if (sum == null) {
      sum = new float[width];
      sums[code] = sum;
    }
    int rest = digits;
    for (int f = last; f >= 0; f--) {
      int radix = fields[f].rows();
      float[] product = fields[f].products()[rest % radix];
      rest /= radix;
      if (f == last) {
        System.arraycopy(product, 0, sum, 0, width);
      } else {
        Sums.add(sum, product);
      }
    }
  }

  /** Adds the derivative by what a row's combination added. */
  void addGradient(int part, int code, float[] gradient) {
    float[] sum = gradients[part][code];
    if (sum == null) {
      sum = new float[width];
      gradients[part][code] = sum;
    }
    if (reachedIn[part][code] == step) {
      Sums.add(sum, gradient);
    } else {
      reachedIn[part][code] = step;
      System.arraycopy(gradient, 0, sum, 0, width);
    }
  }

  /** Brings the derivatives to the fields, those of one part after those of the one before. */
  void spreadGradients() {
    for (FoldedField field : fields) {
      field.clear();
    }
    for (int part = 0; part < gradients.length; part++) {
      for (int code = 0; code < usedIn.length; code++) {
        float[] sum = gradients[part][code];
        if (sum == null || reachedIn[part][code] != step) {
          continue;
        }
        int rest = code;
        for (int f = fields.length - 1; f >= 0; f--) {
          int radix = fields[f].rows();
          fields[f].add(rest % radix, sum);
          rest /= radix;
        }
      }
    }
  }
}
