package io.ranking4j.nn.training;

import io.ranking4j.calibration.CalibrationChoice;
import io.ranking4j.calibration.CalibrationProvenance;
import io.ranking4j.calibration.Calibrators;
import io.ranking4j.calibration.SamplingCorrection;
import io.ranking4j.calibration.SegmentedCalibrator;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.error.DataException;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits a calibrator to each probability of a trained model and puts it on top. Configuration only:
 * immutable and safe to share; the methods that look like setters return a changed copy.
 *
 * <pre>{@code
 * RankingModel calibrated = ModelCalibration.of(model).fit(lastDay).model();
 * }</pre>
 *
 * <p>For each task the rows within its label space and mask count; negatives that were sampled
 * count as often as they stand for. The way is chosen by cross-validated log loss among no
 * calibration, temperature, Platt, beta and isotonic ({@link Calibrators#best}); what the choice
 * was made by is in the {@link CalibrationRun}, and in the model's provenance.
 */
public final class ModelCalibration {
  /** Where the rate of negatives in the training data stands in a model's provenance. */
  static final String KEEP_RATE = "train.negativeKeepRate";

  private final RankingModel model;
  private final Optional<String> segmentFeature;
  private final SegmentedCalibrator.Options segments;
  private final long seed;

  private ModelCalibration(
      RankingModel model,
      Optional<String> segmentFeature,
      SegmentedCalibrator.Options segments,
      long seed) {
    this.model = model;
    this.segmentFeature = segmentFeature;
    this.segments = segments;
    this.seed = seed;
  }

  /**
   * The calibration of a model that has no calibrators yet.
   *
   * @throws IllegalStateException where it has one already, or its probabilities are not corrected
   *     as its provenance says that they must be: to calibrate them would be to correct twice
   */
  public static ModelCalibration of(RankingModel model) {
    model.outputs().forEach(output -> provenance(model, output).requireCorrectedOnce());
    return new ModelCalibration(
        model,
        Optional.empty(),
        SegmentedCalibrator.Options.defaults(),
        TrainerOptions.DEFAULT_SEED);
  }

  /** With a calibrator of its own for each value of a feature that has enough rows. */
  public ModelCalibration bySegment(String feature) {
    return bySegment(feature, SegmentedCalibrator.Options.defaults());
  }

  /**
   * With a calibrator of its own for each value of a feature that has enough rows; the way is
   * chosen for each of them as it is for all.
   *
   * @param feature a categorical feature of the model
   * @param enough what a value must have; rows of all others, and of unknown ones, go through the
   *     calibrator of all rows
   */
  public ModelCalibration bySegment(String feature, SegmentedCalibrator.Options enough) {
    return new ModelCalibration(model, Optional.of(feature), enough, seed);
  }

  /** With another seed of how rows are split for the choice. */
  public ModelCalibration seed(long other) {
    return new ModelCalibration(model, segmentFeature, segments, other);
  }

  /** What is known of the probabilities of a task. */
  private static CalibrationProvenance provenance(RankingModel model, TaskOutput output) {
    Task task = output.task();
    double rate =
        LabelEncoder.sampled(task)
            ? model.provenance().get(KEEP_RATE).map(ModelCalibration::rate).orElse(1.0)
            : 1;
    SamplingCorrection trained =
        new SamplingCorrection(
            rate * task.negativeKeepRate(), task.kind().probability() ? task.positiveWeight() : 1);
    CalibrationProvenance known = CalibrationProvenance.ofModel(trained);
    boolean undone =
        !task.kind().probability()
            || model.provenance().get(KEEP_RATE).isEmpty()
            || Math.abs(output.logitShift() - trained.logitShift()) < 1e-9;
    if (!undone) {
      known = known.undone(new SamplingCorrection(Math.min(1, Math.exp(output.logitShift())), 1));
    }
    return output.calibrator().isPresent()
        ? known.calibrated(output.calibrator().get().typeId())
        : known;
  }

  private static double rate(String text) {
    try {
      return new NegativeSampling(Double.parseDouble(text)).keepRate();
    } catch (NumberFormatException e) {
      throw new DataException(
          "the model's provenance has a " + KEEP_RATE + " that is no number: '" + text + "'", e);
    }
  }

  /**
   * Fits and attaches. Tasks that predict no probability are left as they are, and so are those
   * with fewer than two positives or two negatives, of which the run warns.
   *
   * @param rows later than the training data, or at least not trained on; whole, or sampled in a
   *     way that they say themselves
   * @throws io.ranking4j.error.DataException where the data is not what the schema and tasks say,
   *     or has no rows
   * @throws io.ranking4j.error.UnknownNameException where the feature of the segments is none
   */
  public CalibrationRun fit(DatasetSource rows) {
    double keepRate = rows.negativeSampling().map(NegativeSampling::keepRate).orElse(1.0);
    LabelEncoder labels = new LabelEncoder(model.tasks(), keepRate).forValidation(keepRate);
    List<String> values = segmentFeature.map(name -> values(name, rows)).orElse(List.of());
    TrainingData data = TrainingData.read("calibration", rows, model.encoder(), labels);
    Map<String, double[]> predictions;
    try (Scorer scorer = Scorer.of(model)) {
      predictions = scorer.score(data.features());
    }
    RankingModel calibrated = model;
    Map<String, CalibrationChoice> choices = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    int t = 0;
    for (Map.Entry<String, double[]> predicted : predictions.entrySet()) {
      Task task = model.tasks().task(predicted.getKey());
      Rows of = Rows.of(data, task, t++, predicted.getValue());
      if (!task.kind().probability()) {
        continue;
      }
      if (of.rarer() < 2) {
        warnings.add(
            "Task '%s' is not calibrated: it has %d rows of the rarer class, and must have 2."
                .formatted(task.name(), of.rarer()));
        continue;
      }
      CalibrationChoice choice = of.best(seed);
      Calibrator calibrator =
          segmentFeature
              .map(feature -> of.segmented(feature, values, segments, choice, seed))
              .orElse(choice.calibrator());
      choices.put(task.name(), choice);
      choice.warnings().forEach(text -> warnings.add("Task '" + task.name() + "': " + text));
      calibrated =
          calibrated
              .withCalibrator(task.name(), calibrator)
              .withProvenance(
                  "calibrator." + task.name(),
                  "%s on %d rows, AUC %s before and %s after"
                      .formatted(
                          choice.chosen(),
                          of.labels.length,
                          choice.aucBefore(),
                          choice.aucAfter()));
    }
    return new CalibrationRun(calibrated, choices, warnings);
  }

  /** By row, the value of a feature; empty where it is missing. */
  private static List<String> values(String feature, DatasetSource rows) {
    List<String> values = new ArrayList<>();
    try (DatasetSource.Chunks chunks = rows.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        CategoricalColumn column = chunk.column(feature, CategoricalColumn.class);
        for (int row = 0; row < chunk.rows(); row++) {
          String value = column.get(row);
          values.add(value == null ? "" : value);
        }
      }
    }
    return values;
  }

  /** What one task is calibrated by: the rows that it is about. */
  private static final class Rows {
    private final int[] numbers;
    private final double[] probabilities;
    private final double[] labels;
    private final double[] weights;

    private Rows(int[] numbers, double[] probabilities, double[] labels, double[] weights) {
      this.numbers = numbers;
      this.probabilities = probabilities;
      this.labels = labels;
      this.weights = weights;
    }

    static Rows of(TrainingData data, Task task, int t, double[] predicted) {
      EncodedLabels encoded = data.labels();
      double kept = LabelEncoder.sampled(task) ? data.keepRate() : 1;
      int[] numbers = new int[encoded.rows()];
      int used = 0;
      for (int r = 0; r < encoded.rows(); r++) {
        if (encoded.weight(r, t) > 0) {
          numbers[used++] = r;
        }
      }
      numbers = Arrays.copyOf(numbers, used);
      double[][] columns = new double[3][used];
      for (int i = 0; i < used; i++) {
        int r = numbers[i];
        boolean positive = encoded.label(r, t) == 1;
        columns[0][i] = predicted[r];
        columns[1][i] = encoded.label(r, t);
        columns[2][i] = positive ? encoded.weight(r, t) : encoded.weight(r, t) / kept;
      }
      return new Rows(numbers, columns[0], columns[1], columns[2]);
    }

    int rarer() {
      int positives = (int) Arrays.stream(labels).filter(label -> label == 1).count();
      return Math.min(positives, labels.length - positives);
    }

    CalibrationChoice best(long seed) {
      return Calibrators.best(probabilities, labels, weights, seed);
    }

    Calibrator segmented(
        String feature,
        List<String> values,
        SegmentedCalibrator.Options enough,
        CalibrationChoice all,
        long seed) {
      List<String> own = new ArrayList<>(numbers.length);
      for (int number : numbers) {
        own.add(values.get(number));
      }
      SegmentedCalibrator fitted =
          SegmentedCalibrator.fit(
              feature,
              own,
              probabilities,
              labels,
              weights,
              (p, y, w) ->
                  p.length == probabilities.length
                      ? all.calibrator()
                      : Calibrators.best(p, y, w, seed).calibrator(),
              // The choice needs two of each class.
              new SegmentedCalibrator.Options(
                  Math.max(4, enough.minRows()), Math.max(2, enough.minPositives())));
      return new SegmentedCalibrator(feature, all.calibrator(), fitted.segments());
    }
  }
}
