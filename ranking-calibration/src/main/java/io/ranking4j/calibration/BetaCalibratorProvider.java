package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;

/** Makes {@link BetaCalibrator}s from what a model file says of them. */
public final class BetaCalibratorProvider implements CalibratorProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public BetaCalibratorProvider() {}

  @Override
  public String typeId() {
    return BetaCalibrator.TYPE_ID;
  }

  @Override
  public Calibrator create(double[] parameters) {
    ParameterCount.check(BetaCalibrator.TYPE_ID, parameters, 3);
    return new BetaCalibrator(parameters[0], parameters[1], parameters[2]);
  }
}
