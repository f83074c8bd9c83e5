package io.ranking4j.data.simulator;

import java.util.EnumMap;
import java.util.Map;

/**
 * Makes up impression logs with known true probabilities, so that what a model reached can be
 * printed beside the best that could be reached. Stateless and safe to share.
 *
 * <p>A user with a segment looks at a list of items with a category, a brand, tags, a price and an
 * age, at an hour, on a device. How likely each action is depends on an interest that all actions
 * share and on effects of their own, most of them of what is visible; see {@link Action} for how
 * the actions imply one another. Given all that, actions are drawn independently.
 *
 * <pre>{@code
 * SimulatedLog log = ImpressionSimulator.simulate(SimulatorOptions.defaults());
 * Dataset train = log.train();
 * double[] truth = log.probability(Split.TEST, "order");
 * }</pre>
 */
public final class ImpressionSimulator {
  private ImpressionSimulator() {}

  /** Makes up a log; the same options give the same log, bit for bit. */
  public static SimulatedLog simulate(SimulatorOptions options) {
    Population population = new Population(options);
    Catalog catalog = new Catalog(options);
    TrueModel model = new TrueModel(options, population, catalog);
    Impressions impressions = new Impressions(options, population, catalog, model);
    int validationDay = options.trainDays();
    Map<Split, SplitLog> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, impressions.draw(0, validationDay));
    splits.put(Split.VALIDATION, impressions.draw(validationDay, 1));
    splits.put(Split.TEST, impressions.draw(validationDay + 1, 1));
    return new SimulatedLog(options, splits);
  }
}
