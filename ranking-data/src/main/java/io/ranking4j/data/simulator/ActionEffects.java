package io.ranking4j.data.simulator;

/** What is special to one action, all of it effects of what is visible. */
final class ActionEffects {
  private static final int HOURS = 24;

  private final Shape shape;
  private final double[] category;
  private final double[] segment;
  private final double[] device;
  private final double hourPhase;

  /** How much the shared interest and each effect of its own count; deviations but for slopes. */
  private record Shape(
      double interest, double price, double category, double segment, double device, double hour) {
    static Shape of(Action action) {
      return switch (action) {
        case CLICK -> new Shape(1, 0, 0, 0, 0, 0);
        case CART -> new Shape(0.4, -0.4, 0.2, 0.2, 0.2, 0.1);
        case ORDER -> new Shape(0.3, -0.3, 0.2, 0.2, 0.2, 0.1);
        case SAVE -> new Shape(1.2, 0.6, 0.2, 0.5, 0.5, 0.1);
        case CLOSEUP -> new Shape(0.9, 0.1, 0.3, 0.2, 0.3, 0.1);
        case LONG_CLICK -> new Shape(0.4, 0.2, 0.2, 0.2, 0.2, 0.1);
        case HIDE -> new Shape(-0.9, 0.9, 0.15, 0.8, 0.8, 0.1);
      };
    }
  }

  ActionEffects(Action action, long seed) {
    RandomStream random = RandomStream.of(seed, "effects/" + action.label());
    shape = Shape.of(action);
    category = random.standardized(Catalog.CATEGORIES);
    segment = random.standardized(Population.SEGMENTS);
    device = random.standardized(Population.DEVICES.length);
    hourPhase = HOURS * random.uniform();
  }

  /** The log-odds, up to a constant. */
  double score(
      double interest, double priceScore, int ofCategory, int ofSegment, int onDevice, int atHour) {
    return shape.interest * interest
        + shape.price * priceScore
        + shape.category * category[ofCategory]
        + shape.segment * segment[ofSegment]
        + shape.device * device[onDevice]
        + shape.hour * daily(atHour, hourPhase);
  }

  /** A daily wave of deviation 1. */
  static double daily(int hour, double phase) {
    return StrictMath.sqrt(2) * StrictMath.sin(2 * StrictMath.PI * (hour - phase) / HOURS);
  }
}
