package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;
import java.util.Map;

/** Makes {@link SegmentedCalibrator}s from what a model file says of them. */
public final class SegmentedCalibratorProvider implements CalibratorProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public SegmentedCalibratorProvider() {}

  @Override
  public String typeId() {
    return SegmentedCalibrator.TYPE_ID;
  }

  /** {@inheritDoc} Always refused: parameters alone do not say whose they are. */
  @Override
  public Calibrator create(double[] parameters) {
    return create(parameters, Map.of());
  }

  @Override
  public Calibrator create(double[] parameters, Map<String, String> properties) {
    return SegmentedCalibrator.of(properties, parameters);
  }
}
