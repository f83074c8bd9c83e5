package io.ranking4j.data.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a simulated log looks like. Immutable and safe to share.
 *
 * <p>With the defaults a log has {@value #DEFAULT_TRAIN_DAYS} training days, a validation day and a
 * test day of 50,000 impressions each, and what there is to know can be learned from the training
 * days.
 *
 * @param users how many users there are, at least 1
 * @param items how many items there are, at least 2
 * @param slateLength impressions in a request, from 1 to half of the items
 * @param requestsPerDay requests on each day, at least 1
 * @param trainDays days before the validation day, at least 1
 * @param rates the actions there are, each with the share of examined impressions that get it: in
 *     (0, 1), with the parent of every action at a higher rate
 * @param positionBias how fast attention falls with the position, at least 0: the impression at
 *     position k, counted from 1, is examined with probability {@code k^-positionBias} (Joachims,
 *     Swaminathan and Schnabel 2017), and one that is not examined gets no action. At 0 every
 *     impression is examined
 * @param orderingStrength how strongly the true interest orders a list, at least 0: the log-odds
 *     that one item stands before another are the difference of their interest times this
 *     (Plackett-Luce). At 0 the order is random
 * @param noiseFree whether an examined impression gets an action exactly where its log-odds are
 *     above 0, so that true probabilities are 0 or 1 where there is no position bias
 * @param seed the same seed and options give the same log, bit for bit
 */
public record SimulatorOptions(
    int users,
    int items,
    int slateLength,
    int requestsPerDay,
    int trainDays,
    Map<Action, Double> rates,
    double positionBias,
    double orderingStrength,
    boolean noiseFree,
    long seed) {
  /** How many users there are when nothing else is said. */
  public static final int DEFAULT_USERS = 400;

  /** How many items there are when nothing else is said. */
  public static final int DEFAULT_ITEMS = 200;

  /** Impressions in a request when nothing else is said. */
  public static final int DEFAULT_SLATE_LENGTH = 10;

  /** Requests on each day when nothing else is said. */
  public static final int DEFAULT_REQUESTS_PER_DAY = 5_000;

  /** Days before the validation day when nothing else is said. */
  public static final int DEFAULT_TRAIN_DAYS = 4;

  /** How fast attention falls with the position when nothing else is said: not at all. */
  public static final double DEFAULT_POSITION_BIAS = 0;

  /** How strongly the interest orders a list when nothing else is said: not at all. */
  public static final double DEFAULT_ORDERING_STRENGTH = 0;

  /** The seed when nothing else is said. */
  public static final long DEFAULT_SEED = 1;

  /** Checks every part and copies the rates. */
  public SimulatorOptions {
    atLeast("users", 1, users);
    atLeast("items", 2, items);
    if (slateLength < 1 || slateLength > items / 2) {
      throw new IllegalArgumentException(
          "slateLength must be in [1, items / 2 = " + items / 2 + "], but was " + slateLength);
    }
    atLeast("requestsPerDay", 1, requestsPerDay);
    atLeast("trainDays", 1, trainDays);
    if ((long) trainDays * requestsPerDay * slateLength > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "trainDays * requestsPerDay * slateLength must be at most "
              + Integer.MAX_VALUE / 2
              + ", but was "
              + (long) trainDays * requestsPerDay * slateLength);
    }
    rates = checked(rates);
    notNegative("positionBias", positionBias);
    notNegative("orderingStrength", orderingStrength);
  }

  private static void atLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be at least " + least + ", but was " + value);
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite, but was " + value);
    }
  }

  private static Map<Action, Double> checked(Map<Action, Double> rates) {
    if (rates.isEmpty()) {
      throw new IllegalArgumentException("rates must name at least one action, but was empty");
    }
    // An enum map iterates in the order of declaration: a parent comes before its children.
    Map<Action, Double> copy = new EnumMap<>(rates);
    copy.forEach(
        (action, rate) -> {
          if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException(
                "the rate of " + action + " must be in (0, 1), but was " + rate);
          }
          action
              .parent()
              .ifPresent(
                  parent -> {
                    Double limit = copy.get(parent);
                    if (limit == null) {
                      throw new IllegalArgumentException(
                          action
                              + " needs the action "
                              + parent
                              + ", but there are only "
                              + copy.keySet());
                    }
                    if (rate >= limit) {
                      throw new IllegalArgumentException(
                          "the rate of "
                              + action
                              + " must be below that of "
                              + parent
                              + ", "
                              + limit
                              + ", but was "
                              + rate);
                    }
                  });
        });
    return Collections.unmodifiableMap(copy);
  }

  /** All defaults. */
  public static SimulatorOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.users = users;
    builder.items = items;
    builder.slateLength = slateLength;
    builder.requestsPerDay = requestsPerDay;
    builder.trainDays = trainDays;
    builder.rates.clear();
    builder.rates.putAll(rates);
    builder.positionBias = positionBias;
    builder.orderingStrength = orderingStrength;
    builder.noiseFree = noiseFree;
    builder.seed = seed;
    return builder;
  }

  /** Collects options; not safe to share between threads. */
  public static final class Builder {
    private int users = DEFAULT_USERS;
    private int items = DEFAULT_ITEMS;
    private int slateLength = DEFAULT_SLATE_LENGTH;
    private int requestsPerDay = DEFAULT_REQUESTS_PER_DAY;
    private int trainDays = DEFAULT_TRAIN_DAYS;
    private final Map<Action, Double> rates = new EnumMap<>(Action.class);
    private double positionBias = DEFAULT_POSITION_BIAS;
    private double orderingStrength = DEFAULT_ORDERING_STRENGTH;
    private boolean noiseFree;
    private long seed = DEFAULT_SEED;

    private Builder() {
      for (Action action : Action.values()) {
        rates.put(action, action.defaultRate());
      }
    }

    /** How many users there are. */
    public Builder users(int count) {
      users = count;
      return this;
    }

    /** How many items there are. */
    public Builder items(int count) {
      items = count;
      return this;
    }

    /** Impressions in a request. */
    public Builder slateLength(int length) {
      slateLength = length;
      return this;
    }

    /** Requests on each day. */
    public Builder requestsPerDay(int count) {
      requestsPerDay = count;
      return this;
    }

    /** Days before the validation day. */
    public Builder trainDays(int days) {
      trainDays = days;
      return this;
    }

    /** Only these actions, each at its default rate. */
    public Builder actions(Action... actions) {
      rates.clear();
      for (Action action : actions) {
        rates.put(action, action.defaultRate());
      }
      return this;
    }

    /** The share of examined impressions that get an action; adds the action if need be. */
    public Builder rate(Action action, double share) {
      rates.put(action, share);
      return this;
    }

    /** How fast attention falls with the position. */
    public Builder positionBias(double exponent) {
      positionBias = exponent;
      return this;
    }

    /** How strongly the true interest orders a list. */
    public Builder orderingStrength(double strength) {
      orderingStrength = strength;
      return this;
    }

    /** Whether actions follow from the log-odds without chance. */
    public Builder noiseFree(boolean without) {
      noiseFree = without;
      return this;
    }

    /** The seed. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws IllegalArgumentException where a part is out of its range
     */
    public SimulatorOptions build() {
      return new SimulatorOptions(
          users,
          items,
          slateLength,
          requestsPerDay,
          trainDays,
          rates,
          positionBias,
          orderingStrength,
          noiseFree,
          seed);
    }
  }
}
