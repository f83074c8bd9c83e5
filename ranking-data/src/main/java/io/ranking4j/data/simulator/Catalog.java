package io.ranking4j.data.simulator;

import java.util.Arrays;

/** The items: what is visible of them, how often they are shown, and their hidden quality. */
final class Catalog {
  static final int CATEGORIES = 10;
  static final int BRANDS = 20;
  static final int TAGS = 16;
  static final int MAX_TAGS = 3;

  private static final double POPULARITY_SPREAD = 0.5;
  private static final double MEDIAN_PRICE = 30;
  private static final double PRICE_SPREAD_BETWEEN_CATEGORIES = 0.5;
  private static final double PRICE_SPREAD_WITHIN_CATEGORY = 0.6;
  private static final int MAX_AGE_AT_START = 60;

  final int[] category;
  final int[] brand;
  final int[][] tags;
  final double[] price;
  final int[] ageAtStart;
  final double[] quality;
  private final Weighted popularity;

  Catalog(SimulatorOptions options) {
    int items = options.items();
    RandomStream attributes = RandomStream.of(options.seed(), "items");
    double[] priceLevel = attributes.standardized(CATEGORIES);
    category = new int[items];
    brand = new int[items];
    tags = new int[items][];
    price = new double[items];
    ageAtStart = new int[items];
    double[] weights = new double[items];
    for (int i = 0; i < items; i++) {
      category[i] = attributes.below(CATEGORIES);
      brand[i] = attributes.below(BRANDS);
      tags[i] = drawTags(attributes);
      double logPrice =
          StrictMath.log(MEDIAN_PRICE)
              + PRICE_SPREAD_BETWEEN_CATEGORIES * priceLevel[category[i]]
              + PRICE_SPREAD_WITHIN_CATEGORY * attributes.gaussian();
      price[i] = Math.max(1, StrictMath.rint(100 * StrictMath.exp(logPrice))) / 100;
      ageAtStart[i] = attributes.below(MAX_AGE_AT_START + 1);
      weights[i] = StrictMath.exp(POPULARITY_SPREAD * attributes.gaussian());
    }
    popularity = new Weighted(weights);
    quality = RandomStream.of(options.seed(), "item-quality").standardized(items);
  }

  private static int[] drawTags(RandomStream random) {
    int[] drawn = new int[1 + random.below(MAX_TAGS)];
    for (int t = 0; t < drawn.length; ) {
      int tag = random.below(TAGS);
      if (Arrays.stream(drawn, 0, t).noneMatch(other -> other == tag)) {
        drawn[t++] = tag;
      }
    }
    return drawn;
  }

  /** An item, the popular ones more often. */
  int draw(RandomStream random) {
    return popularity.draw(random);
  }

  /** Different items, the popular ones more often; at most half of the items. */
  int[] drawSlate(int length, RandomStream random) {
    int[] slate = new int[length];
    for (int s = 0; s < length; ) {
      int item = draw(random);
      if (Arrays.stream(slate, 0, s).noneMatch(other -> other == item)) {
        slate[s++] = item;
      }
    }
    return slate;
  }
}
