package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;

/** Makes {@link IsotonicCalibrator}s from what a model file says of them. */
public final class IsotonicCalibratorProvider implements CalibratorProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public IsotonicCalibratorProvider() {}

  @Override
  public String typeId() {
    return IsotonicCalibrator.TYPE_ID;
  }

  @Override
  public Calibrator create(double[] parameters) {
    return IsotonicCalibrator.of(parameters);
  }
}
