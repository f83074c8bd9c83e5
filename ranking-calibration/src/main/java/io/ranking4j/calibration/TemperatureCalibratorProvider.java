package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;

/** Makes {@link TemperatureCalibrator}s from what a model file says of them. */
public final class TemperatureCalibratorProvider implements CalibratorProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public TemperatureCalibratorProvider() {}

  @Override
  public String typeId() {
    return TemperatureCalibrator.TYPE_ID;
  }

  @Override
  public Calibrator create(double[] parameters) {
    ParameterCount.check(TemperatureCalibrator.TYPE_ID, parameters, 1);
    return new TemperatureCalibrator(parameters[0]);
  }
}
