package io.ranking4j.data.simulator;

/** The users: what is visible of them, how active they are, and their hidden interest. */
final class Population {
  static final int SEGMENTS = 6;
  static final String[] DEVICES = {"phone", "tablet", "desktop"};

  private static final double ACTIVITY_SPREAD = 0.5;
  private static final double USUAL_DEVICE_SHARE = 0.8;

  final int[] segment;
  final double[] interest;
  private final int[] usualDevice;
  private final Weighted activity;

  Population(SimulatorOptions options) {
    int users = options.users();
    RandomStream attributes = RandomStream.of(options.seed(), "users");
    segment = new int[users];
    usualDevice = new int[users];
    double[] weights = new double[users];
    for (int u = 0; u < users; u++) {
      segment[u] = attributes.below(SEGMENTS);
      // Squaring makes the first device, the phone, the most usual one.
      double share = attributes.uniform();
      usualDevice[u] = (int) (share * share * DEVICES.length);
      weights[u] = StrictMath.exp(ACTIVITY_SPREAD * attributes.gaussian());
    }
    activity = new Weighted(weights);
    interest = RandomStream.of(options.seed(), "user-interest").standardized(users);
  }

  /** A user, the active ones more often. */
  int draw(RandomStream random) {
    return activity.draw(random);
  }

  /** The device a user is on, mostly the usual one. */
  int drawDevice(int user, RandomStream random) {
    boolean usual = random.uniform() < USUAL_DEVICE_SHARE;
    int other = random.below(DEVICES.length);
    return usual ? usualDevice[user] : other;
  }
}
