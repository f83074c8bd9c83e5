package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;

/** Makes {@link PlattCalibrator}s from what a model file says of them. */
public final class PlattCalibratorProvider implements CalibratorProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public PlattCalibratorProvider() {}

  @Override
  public String typeId() {
    return PlattCalibrator.TYPE_ID;
  }

  @Override
  public Calibrator create(double[] parameters) {
    ParameterCount.check(PlattCalibrator.TYPE_ID, parameters, 2);
    return new PlattCalibrator(parameters[0], parameters[1]);
  }
}
