package io.ranking4j.calibration;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Segmented calibrators as texts and numbers, which is what model files hold: the texts name the
 * feature and, for each part, the type of its calibrator and how many of the numbers are its own;
 * the numbers are those of the fallback and then of the segments in alphabetical order.
 */
final class SegmentedCalibratorCodec {
  private static final String FEATURE = "feature";
  private static final String FALLBACK = "fallback";
  private static final String SEGMENT = "segment:";

  private SegmentedCalibratorCodec() {}

  static Map<String, String> properties(SegmentedCalibrator calibrator) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(FEATURE, calibrator.feature());
    properties.put(FALLBACK, part(calibrator.fallback()));
    calibrator.segments().forEach((value, own) -> properties.put(SEGMENT + value, part(own)));
    return properties;
  }

  private static String part(Calibrator calibrator) {
    if (!calibrator.properties().isEmpty()) {
      throw new IllegalStateException(
          "a part of a segmented calibrator must be made of numbers alone to be saved, but one of"
              + " type '"
              + calibrator.typeId()
              + "' has properties "
              + calibrator.properties().keySet());
    }
    return calibrator.parameters().length + " " + calibrator.typeId();
  }

  static double[] parameters(SegmentedCalibrator calibrator) {
    double[] all = calibrator.fallback().parameters();
    for (Calibrator own : calibrator.segments().values()) {
      double[] more = own.parameters();
      int at = all.length;
      all = Arrays.copyOf(all, at + more.length);
      System.arraycopy(more, 0, all, at, more.length);
    }
    return all;
  }

  static SegmentedCalibrator read(Map<String, String> properties, double[] parameters) {
    Reader reader = new Reader(parameters);
    Calibrator fallback = reader.next(text(properties, FALLBACK));
    Map<String, Calibrator> segments = new TreeMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(properties).entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(SEGMENT)) {
        segments.put(key.substring(SEGMENT.length()), reader.next(entry.getValue()));
      } else if (!key.equals(FEATURE) && !key.equals(FALLBACK)) {
        throw new IllegalArgumentException(
            "properties of a segmented calibrator must be 'feature', 'fallback' and 'segment:' with"
                + " a value, but one was '"
                + key
                + "'");
      }
    }
    reader.end();
    return new SegmentedCalibrator(text(properties, FEATURE), fallback, segments);
  }

  private static String text(Map<String, String> properties, String key) {
    String text = properties.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "a segmented calibrator must have a property '" + key + "', but had none");
    }
    return text;
  }

  /** Takes the numbers of one part after another. */
  private static final class Reader {
    private final double[] parameters;
    private int at;

    Reader(double[] parameters) {
      this.parameters = parameters;
    }

    Calibrator next(String part) {
      int space = part.indexOf(' ');
      int count = space < 1 ? -1 : count(part.substring(0, space));
      if (count < 0 || count > parameters.length - at) {
        throw new IllegalArgumentException(
            "a part of a segmented calibrator must be a number of parameters, at most the "
                + (parameters.length - at)
                + " left, and a type, but was '"
                + part
                + "'");
      }
      double[] own = Arrays.copyOfRange(parameters, at, at + count);
      at += count;
      return create(part.substring(space + 1), own);
    }

    void end() {
      if (at != parameters.length) {
        throw new IllegalArgumentException(
            "a segmented calibrator must have " + at + " parameters, but had " + parameters.length);
      }
    }

    private static int count(String digits) {
      // Nine digits cannot overflow; no calibrator has as many parameters.
      boolean valid = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return valid ? Integer.parseInt(digits) : -1;
    }

    private static Calibrator create(String type, double[] parameters) {
      TreeSet<String> known = new TreeSet<>();
      // Where the host's code is, and where this library is: a thread's context loader may not see
      // both.
      for (ServiceLoader<CalibratorProvider> providers :
          List.of(
              ServiceLoader.load(CalibratorProvider.class),
              ServiceLoader.load(
                  CalibratorProvider.class, SegmentedCalibratorCodec.class.getClassLoader()))) {
        for (CalibratorProvider provider : providers) {
          if (provider.typeId().equals(type)) {
            return provider.create(parameters);
          }
          known.add(provider.typeId());
        }
      }
      throw new UnknownNameException("calibrator", type, known);
    }
  }
}
