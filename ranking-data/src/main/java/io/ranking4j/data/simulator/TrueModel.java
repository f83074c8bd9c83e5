package io.ranking4j.data.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The truth: the probability of every action given the user, the item and the moment.
 *
 * <p>One interest is shared by all actions. It is a sum of effects of the user, the item, its
 * brand, tags, logarithmic price (with a slope for each segment) and age, the hour, the device, and
 * an affinity of rank {@value #AFFINITY_RANK} between segments and categories. The log-odds of an
 * action given its parent are a multiple of that interest plus smaller effects of its own of
 * category, segment, device, price and hour, plus the constant that gives the base rate. Nothing is
 * idiosyncratic to a pair of a user and an item, so that a log of moderate length tells it all.
 */
final class TrueModel {
  private static final int AFFINITY_RANK = 2;
  private static final int HOURS = 24;
  private static final int CALIBRATION_ROWS = 20_000;
  private static final double LARGEST_INTERCEPT = 40;
  private static final int BISECTIONS = 60;

  private static final double USER = 0.15;
  private static final double ITEM = 0.15;
  private static final double AFFINITY = 1.3;
  private static final double BRAND = 0.35;
  private static final double TAG = 0.5;
  private static final double PRICE = -0.6;
  private static final double PRICE_BY_SEGMENT = 0.25;
  private static final double HOUR = 0.25;
  private static final double DEVICE = 0.3;
  private static final double AGE = -0.3;

  // Centre and spread of ln(1 + price) and ln(1 + age) that the catalog draws.
  private static final double PRICE_CENTRE = 3.4;
  private static final double PRICE_SPREAD = 0.75;
  private static final double AGE_CENTRE = 3.2;
  private static final double AGE_SPREAD = 0.8;

  private final Population population;
  private final boolean noiseFree;
  private final double[][] affinity;
  private final double[] brand;
  private final double[] tagEffect;
  private final double[] priceSlope;
  private final double[] device;
  private final double[] itemPart;
  private final double[] priceScore;
  private final int[] category;
  private final int[] ageAtStart;
  private final double hourPhase;
  private final Map<Action, ActionEffects> effects = new EnumMap<>(Action.class);
  private final Map<Action, Double> intercepts = new EnumMap<>(Action.class);

  TrueModel(SimulatorOptions options, Population population, Catalog catalog) {
    this.population = population;
    this.noiseFree = options.noiseFree();
    this.category = catalog.category;
    this.ageAtStart = catalog.ageAtStart;
    RandomStream random = RandomStream.of(options.seed(), "interest");
    affinity = affinity(random);
    brand = random.standardized(Catalog.BRANDS);
    tagEffect = random.standardized(Catalog.TAGS);
    priceSlope = random.standardized(Population.SEGMENTS);
    device = random.standardized(Population.DEVICES.length);
    hourPhase = HOURS * random.uniform();
    priceScore = new double[options.items()];
    itemPart = new double[options.items()];
    for (int i = 0; i < itemPart.length; i++) {
      priceScore[i] = (StrictMath.log1p(catalog.price[i]) - PRICE_CENTRE) / PRICE_SPREAD;
      double tags = 0;
      for (int tag : catalog.tags[i]) {
        tags += tagEffect[tag] / catalog.tags[i].length;
      }
      itemPart[i] =
          ITEM * catalog.quality[i]
              + BRAND * brand[catalog.brand[i]]
              + TAG * tags
              + PRICE * priceScore[i];
    }
    for (Action action : options.rates().keySet()) {
      effects.put(action, new ActionEffects(action, options.seed()));
    }
    fitIntercepts(options, catalog);
  }

  private static double[][] affinity(RandomStream random) {
    double[] flat = new double[Population.SEGMENTS * Catalog.CATEGORIES];
    for (int rank = 0; rank < AFFINITY_RANK; rank++) {
      double[] segments = random.standardized(Population.SEGMENTS);
      double[] categories = random.standardized(Catalog.CATEGORIES);
      for (int cell = 0; cell < flat.length; cell++) {
        flat[cell] += segments[cell / Catalog.CATEGORIES] * categories[cell % Catalog.CATEGORIES];
      }
    }
    RandomStream.standardize(flat);
    double[][] table = new double[Population.SEGMENTS][Catalog.CATEGORIES];
    for (int cell = 0; cell < flat.length; cell++) {
      table[cell / Catalog.CATEGORIES][cell % Catalog.CATEGORIES] = flat[cell];
    }
    return table;
  }

  /** The interest of a user in an item at a moment, shared by all actions. */
  double interest(Moment moment, int item) {
    int segment = population.segment[moment.user()];
    double age = (StrictMath.log1p(ageAtStart[item] + moment.day()) - AGE_CENTRE) / AGE_SPREAD;
    return USER * population.interest[moment.user()]
        + itemPart[item]
        + AFFINITY * affinity[segment][category[item]]
        + PRICE_BY_SEGMENT * priceSlope[segment] * priceScore[item]
        + DEVICE * device[moment.device()]
        + HOUR * ActionEffects.daily(moment.hour(), hourPhase)
        + AGE * age;
  }

  /** The probability of an action given its parent and that the impression is examined. */
  double conditional(Action action, double interest, Moment moment, int item) {
    return link(score(action, interest, moment, item) + PerAction.of(intercepts, action));
  }

  private double score(Action action, double interest, Moment moment, int item) {
    return PerAction.of(effects, action)
        .score(
            interest,
            priceScore[item],
            category[item],
            population.segment[moment.user()],
            moment.device(),
            moment.hour());
  }

  private double link(double logOdds) {
    if (noiseFree) {
      return logOdds > 0 ? 1 : 0;
    }
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  /** Finds the constants that give the base rates over a sample of its own. */
  private void fitIntercepts(SimulatorOptions options, Catalog catalog) {
    RandomStream random = RandomStream.of(options.seed(), "intercepts");
    Moment[] moments = new Moment[CALIBRATION_ROWS];
    int[] items = new int[CALIBRATION_ROWS];
    for (int row = 0; row < CALIBRATION_ROWS; row++) {
      moments[row] = Moment.draw(0, random.uniform(), population, random);
      items[row] = catalog.draw(random);
    }
    Map<Action, double[]> reached = new EnumMap<>(Action.class);
    // A parent is declared before its children, and the rates are in that order.
    options
        .rates()
        .forEach(
            (action, rate) -> {
              double[] scores = new double[CALIBRATION_ROWS];
              for (int row = 0; row < CALIBRATION_ROWS; row++) {
                double interest = interest(moments[row], items[row]);
                scores[row] = score(action, interest, moments[row], items[row]);
              }
              double[] before = action.parent().map(reached::get).orElseGet(TrueModel::certain);
              double intercept = bisect(scores, before, rate);
              intercepts.put(action, intercept);
              double[] after = new double[CALIBRATION_ROWS];
              for (int row = 0; row < CALIBRATION_ROWS; row++) {
                after[row] = before[row] * link(scores[row] + intercept);
              }
              reached.put(action, after);
            });
  }

  private static double[] certain() {
    double[] ones = new double[CALIBRATION_ROWS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double bisect(double[] scores, double[] before, double rate) {
    double low = -LARGEST_INTERCEPT;
    double high = LARGEST_INTERCEPT;
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (low + high) / 2;
      double mean = 0;
      for (int row = 0; row < scores.length; row++) {
        mean += before[row] * link(scores[row] + middle) / scores.length;
      }
      if (mean < rate) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
