package io.ranking4j.examples.update;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.data.KuaiRandExample;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A log of KuaiRand day by day, as updates meet it. A fifth of the users of each day, others on
 * each, is held out from the update of that day, and learned from by that of the next. Whole users,
 * so that the model has not seen their day; from all hours, since the rates of labels change with
 * the hour. Immutable; the log is shared.
 */
public final class Slices {
  private static final int HELD_OUT = 5;
  private static final String USER = "user_id";

  private final KuaiRandExample example;
  private final Dataset log;
  private final double[] days;
  private final double[] distinct;
  private final CategoricalColumn users;

  /**
   * What there is of a log after a day.
   *
   * @param all rows to learn from of this day and all before
   * @param slice of those, what has come since the last update
   * @param heldOut rows of the day that are not learned from yet
   */
  public record AfterDay(Dataset all, Dataset slice, Dataset heldOut) {}

  private Slices(KuaiRandExample example, Dataset log) {
    this.example = example;
    this.log = log;
    this.days = log.column(KuaiRandExample.DAY, NumericColumn.class).values();
    this.distinct = Arrays.stream(days).distinct().sorted().toArray();
    this.users = log.column(USER, CategoricalColumn.class);
  }

  /** Reads all files of the log. */
  public static Slices of(KuaiRandExample example) {
    return new Slices(example, example.rows());
  }

  /** The days of the log, ascending, as in 20220425. */
  public int[] days() {
    return Arrays.stream(distinct).mapToInt(day -> (int) day).toArray();
  }

  /** The rows of a day, without rates: models look them up in their own tables. */
  public Dataset day(int day) {
    return log.select(rows(row -> days[row] == day));
  }

  private int[] rows(IntPredicate wanted) {
    return IntStream.range(0, days.length).filter(wanted).toArray();
  }

  private boolean isHeldOut(int row, int day) {
    int user = users.codes()[row];
    String name = user == CategoricalColumn.MISSING ? "" : users.dictionary()[user];
    return days[row] == day && Math.floorMod((name + "@" + day).hashCode(), HELD_OUT) == 0;
  }

  /**
   * What there is after a day. The rates of a row know the days before its own, and the counts for
   * serving this day as well, as nothing does that comes after it.
   *
   * @param lastUpdate the day of the last update; empty where this is the first
   * @throws DataException where a day is not in the log
   */
  public AfterDay after(int day, OptionalInt lastUpdate) {
    if (rows(row -> days[row] == day).length == 0) {
      throw new DataException("the log has days " + Arrays.toString(days()) + ", but not " + day);
    }
    int[] until = rows(row -> days[row] <= day);
    Dataset counted = example.counted(log.select(until));
    int last = lastUpdate.orElse(0);
    IntPredicate learned = row -> !isHeldOut(row, day);
    IntPredicate isNew = row -> days[row] > last || isHeldOut(row, last);
    return new AfterDay(
        select(counted, until, learned),
        select(counted, until, learned.and(isNew)),
        select(counted, until, row -> isHeldOut(row, day)));
  }

  /** Those rows of a data set that are wanted by their numbers in the log. */
  private static Dataset select(Dataset data, int[] numbers, IntPredicate wanted) {
    return data.select(
        IntStream.range(0, numbers.length).filter(i -> wanted.test(numbers[i])).toArray());
  }
}
