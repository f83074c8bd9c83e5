package io.ranking4j.spi;

import java.util.Map;

/**
 * Makes a {@link Calibrator} from what a model file says of it. Found through {@link
 * java.util.ServiceLoader}; only ids of providers on the class path are ever made.
 */
public interface CalibratorProvider {
  /** The id of the calibrators that this one makes. */
  String typeId();

  /**
   * Makes a calibrator equal to the one that had these parameters and no properties.
   *
   * @throws IllegalArgumentException where their number or values are wrong
   */
  Calibrator create(double[] parameters);

  /**
   * Makes a calibrator equal to the one that had these parameters and properties. To be implemented
   * where calibrators have {@linkplain Calibrator#properties properties}.
   *
   * @throws IllegalArgumentException where they are wrong, or there are properties and calibrators
   *     of this kind have none
   */
  default Calibrator create(double[] parameters, Map<String, String> properties) {
    if (!properties.isEmpty()) {
      throw new IllegalArgumentException(
          "a calibrator of type '"
              + typeId()
              + "' must have no properties, but had "
              + properties.keySet());
    }
    return create(parameters);
  }
}
