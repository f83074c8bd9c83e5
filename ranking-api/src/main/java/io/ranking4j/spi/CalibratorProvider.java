package io.ranking4j.spi;

/**
 * Makes a {@link Calibrator} from what a model file says of it. Found through {@link
 * java.util.ServiceLoader}; only ids of providers on the class path are ever made.
 */
public interface CalibratorProvider {
  /** The id of the calibrators that this one makes. */
  String typeId();

  /**
   * Makes a calibrator equal to the one that had these parameters.
   *
   * @throws IllegalArgumentException where their number or values are wrong
   */
  Calibrator create(double[] parameters);
}
