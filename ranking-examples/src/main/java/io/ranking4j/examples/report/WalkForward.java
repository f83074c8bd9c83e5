package io.ranking4j.examples.report;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.training.ModelCalibration;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model predicts where its calibrators are fitted anew every day, as they may be in service:
 * the rows of each day go through calibrators of the day before, which are put on the model as it
 * was trained.
 */
public final class WalkForward {
  private WalkForward() {}

  /**
   * Predicts.
   *
   * @param calibration what is fitted, as it was made of the model
   * @param before the rows that calibrate the first day
   * @param rows of several days, in any order, with labels
   * @param dayColumn a number that grows from day to day
   * @return by task, one prediction of every row
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static Map<String, double[]> predictions(
      ModelCalibration calibration, Dataset before, Dataset rows, String dayColumn) {
    double[] days = rows.column(dayColumn, NumericColumn.class).values();
    Map<String, double[]> predictions = new LinkedHashMap<>();
    Dataset previous = before;
    for (double day : Arrays.stream(days).distinct().sorted().toArray()) {
      int[] ofDay = IntStream.range(0, days.length).filter(row -> days[row] == day).toArray();
      Dataset today = rows.select(ofDay);
      RankingModel model = calibration.fit(previous).model();
      try (Scorer scorer = Scorer.of(model)) {
        scorer
            .score(today)
            .forEach(
                (task, ofRows) -> {
                  double[] all = predictions.computeIfAbsent(task, t -> new double[days.length]);
                  for (int i = 0; i < ofDay.length; i++) {
                    all[ofDay[i]] = ofRows[i];
                  }
                });
      }
      previous = today;
    }
    return predictions;
  }
}
