package io.ranking4j.data.simulator;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Draws requests, lists and actions day by day. */
final class Impressions {
  private static final String[] HOURS = names("", 24);
  private static final String[] SEGMENTS = names("segment-", Population.SEGMENTS);
  private static final String[] CATEGORIES = names("category-", Catalog.CATEGORIES);
  private static final String[] BRANDS = names("brand-", Catalog.BRANDS);
  private static final String[] TAGS = names("tag-", Catalog.TAGS);

  private final SimulatorOptions options;
  private final Population population;
  private final Catalog catalog;
  private final TrueModel model;
  private final String[] userNames;
  private final String[] itemNames;
  private final double[] examinationAt;

  Impressions(SimulatorOptions options, Population population, Catalog catalog, TrueModel model) {
    this.options = options;
    this.population = population;
    this.catalog = catalog;
    this.model = model;
    userNames = names("user-", options.users());
    itemNames = names("item-", options.items());
    examinationAt = new double[options.slateLength()];
    for (int position = 1; position <= examinationAt.length; position++) {
      examinationAt[position - 1] = StrictMath.pow(position, -options.positionBias());
    }
  }

  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  /** The rows of so many days from the given one on. */
  SplitLog draw(int firstDay, int days) {
    Rows rows = new Rows(days);
    for (int day = firstDay; day < firstDay + days; day++) {
      drawDay(day, (day - firstDay) * options.requestsPerDay(), rows);
    }
    return rows.log();
  }

  private void drawDay(int day, int firstRequest, Rows rows) {
    long seed = options.seed();
    RandomStream moments = RandomStream.of(seed, "moments", day);
    RandomStream slates = RandomStream.of(seed, "slates", day);
    RandomStream orders = RandomStream.of(seed, "orders", day);
    RandomStream examinations = RandomStream.of(seed, "examinations", day);
    Map<Action, RandomStream> chances = new EnumMap<>(Action.class);
    for (Action action : options.rates().keySet()) {
      chances.put(action, RandomStream.of(seed, "chance/" + action.label(), day));
    }
    int requests = options.requestsPerDay();
    for (int r = 0; r < requests; r++) {
      // Stratified over the day, so that the log is in the order of time.
      double share = (r + moments.uniform()) / requests;
      Moment moment = Moment.draw(day, share, population, moments);
      int[] slate = ordered(catalog.drawSlate(options.slateLength(), slates), moment, orders);
      int request = firstRequest + r;
      rows.requestIds[request] = "day-" + day + "-request-" + r;
      for (int at = 0; at < slate.length; at++) {
        int row = request * slate.length + at;
        rows.describe(row, request, at, moment, slate[at]);
        rows.act(row, moment, slate[at], examinations.uniform() < examinationAt[at], chances);
      }
    }
  }

  private int[] ordered(int[] slate, Moment moment, RandomStream orders) {
    double[] keys = new double[slate.length];
    for (int s = 0; s < slate.length; s++) {
      keys[s] = options.orderingStrength() * model.interest(moment, slate[s]) + orders.gumbel();
    }
    return IntStream.range(0, slate.length)
        .boxed()
        .sorted(Comparator.comparingDouble(s -> -keys[s]))
        .mapToInt(s -> slate[s])
        .toArray();
  }

  /** The rows of a split as they fill up. */
  private final class Rows {
    private final int count;
    private final String[] requestIds;
    private final int[] request;
    private final double[] day;
    private final double[] position;
    private final int[] user;
    private final int[] segment;
    private final int[] hour;
    private final int[] device;
    private final int[] item;
    private final int[] category;
    private final int[] brand;
    private final double[] price;
    private final double[] age;
    private final double[] examination;
    private final Map<Action, double[]> conditional = new EnumMap<>(Action.class);
    private final Map<Action, double[]> labels = new EnumMap<>(Action.class);

    Rows(int days) {
      requestIds = new String[days * options.requestsPerDay()];
      count = requestIds.length * options.slateLength();
      request = new int[count];
      day = new double[count];
      position = new double[count];
      user = new int[count];
      segment = new int[count];
      hour = new int[count];
      device = new int[count];
      item = new int[count];
      category = new int[count];
      brand = new int[count];
      price = new double[count];
      age = new double[count];
      examination = new double[count];
      for (Action action : options.rates().keySet()) {
        conditional.put(action, new double[count]);
        labels.put(action, new double[count]);
      }
    }

    void describe(int row, int requestIndex, int at, Moment moment, int shown) {
      request[row] = requestIndex;
      day[row] = moment.day();
      position[row] = at + 1;
      user[row] = moment.user();
      segment[row] = population.segment[moment.user()];
      hour[row] = moment.hour();
      device[row] = moment.device();
      item[row] = shown;
      category[row] = catalog.category[shown];
      brand[row] = catalog.brand[shown];
      price[row] = catalog.price[shown];
      age[row] = catalog.ageAtStart[shown] + moment.day();
      examination[row] = examinationAt[at];
    }

    void act(
        int row, Moment moment, int shown, boolean examined, Map<Action, RandomStream> chances) {
      double interest = model.interest(moment, shown);
      Set<Action> done = EnumSet.noneOf(Action.class);
      chances.forEach(
          (action, chance) -> {
            double probability = model.conditional(action, interest, moment, shown);
            PerAction.of(conditional, action)[row] = probability;
            // Drawn whether needed or not: what happens to one action leaves the others alone.
            boolean would = chance.uniform() < probability;
            if (would && examined && action.parent().map(done::contains).orElse(true)) {
              done.add(action);
              PerAction.of(labels, action)[row] = 1;
            }
          });
    }

    SplitLog log() {
      Dataset.Builder dataset =
          Dataset.builder()
              .column(SimulatedLog.REQUEST_ID, new CategoricalColumn(request, requestIds))
              .column(SimulatedLog.DAY, NumericColumn.of(day))
              .column(SimulatedLog.POSITION, NumericColumn.of(position))
              .column("user_id", new CategoricalColumn(user, userNames))
              .column("segment", new CategoricalColumn(segment, SEGMENTS))
              .column("hour", new CategoricalColumn(hour, HOURS))
              .column("device", new CategoricalColumn(device, Population.DEVICES))
              .column(SimulatedLog.ITEM_ID, new CategoricalColumn(item, itemNames))
              .column("category", new CategoricalColumn(category, CATEGORIES))
              .column("brand", new CategoricalColumn(brand, BRANDS))
              .column(SimulatedLog.PRICE, NumericColumn.of(price))
              .column("age_days", NumericColumn.of(age))
              .column("tags", tags());
      labels.forEach((action, label) -> dataset.column(action.label(), NumericColumn.of(label)));
      return new SplitLog(dataset.build(), examination, conditional);
    }

    private ListColumn tags() {
      int[] offsets = new int[count + 1];
      int[] codes = new int[count * Catalog.MAX_TAGS];
      for (int row = 0; row < count; row++) {
        int[] tags = catalog.tags[item[row]];
        System.arraycopy(tags, 0, codes, offsets[row], tags.length);
        offsets[row + 1] = offsets[row] + tags.length;
      }
      return new ListColumn(offsets, Arrays.copyOf(codes, offsets[count]), TAGS);
    }
  }
}
