package io.ranking4j.runtime.plan;

/**
 * A batch normalisation with its running statistics, as a line for each column. Stays inside the
 * package: the arrays are not copied.
 *
 * @param scales what a column is multiplied by
 * @param shifts what is added then
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FoldedNorm(float[] scales, float[] shifts) {
  static FoldedNorm of(Step.BatchNorm norm, float[] parameters, float[] states) {
    int width = norm.input().width();
    float[] scales = new float[width];
    float[] shifts = new float[width];
    for (int c = 0; c < width; c++) {
      double deviation = Math.sqrt((double) states[norm.varianceOffset() + c] + norm.epsilon());
      double scale = parameters[norm.gamma().offset() + c] / deviation;
      scales[c] = (float) scale;
      shifts[c] =
          (float) (parameters[norm.beta().offset() + c] - states[norm.meanOffset() + c] * scale);
    }
    return new FoldedNorm(scales, shifts);
  }

  /** Copies the scales to one place and the shifts to another. */
  void copyTo(float[] allScales, float[] allShifts, int scalesAt, int shiftsAt) {
    System.arraycopy(scales, 0, allScales, scalesAt, scales.length);
    System.arraycopy(shifts, 0, allShifts, shiftsAt, shifts.length);
  }
}
