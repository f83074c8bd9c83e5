package io.ranking4j.nn.training;

import io.ranking4j.error.DataException;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The epochs of a training, as a model's provenance keeps them. */
public final class TrainingHistory {
  /** The entry of the provenance that holds them, as JSON. */
  public static final String ENTRY = "train.history";

  private static final int MAX_DEPTH = 4;

  private TrainingHistory() {}

  /** Numbers that are not finite are left out, as JSON has none. */
  static String toJson(List<EpochReport> history) {
    Json epochs = Json.array();
    for (EpochReport report : history) {
      Json epoch = epochs.addObject().put("epoch", report.epoch());
      putFinite(epoch, "loss", report.trainingLoss());
      putFinite(epoch, "watched", report.watched());
      epoch.put("best", report.best());
      putFinite(epoch, "seconds", report.seconds());
      Json quality = epoch.putObject("quality");
      report.quality().forEach((task, value) -> putFinite(quality, task, value));
    }
    return epochs.toString();
  }

  private static void putFinite(Json object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    }
  }

  /**
   * Returns the epochs of the training that a model comes from, in order; empty where its
   * provenance does not have them. A quality that was not defined is not in its map.
   *
   * @throws DataException where the entry is not what a training writes
   */
  public static List<EpochReport> of(Provenance provenance) {
    String text = provenance.get(ENTRY).orElse("[]");
    try {
      List<EpochReport> history = new ArrayList<>();
      for (Json epoch : Json.read(text, MAX_DEPTH)) {
        Json qualities = epoch.path("quality");
        Map<String, Double> quality = new LinkedHashMap<>();
        for (String task : qualities.names()) {
          quality.put(task, qualities.path(task).doubleValue());
        }
        history.add(
            new EpochReport(
                epoch.path("epoch").intValue(),
                number(epoch, "loss"),
                quality,
                number(epoch, "watched"),
                epoch.path("best").flag(),
                number(epoch, "seconds")));
      }
      return List.copyOf(history);
    } catch (JsonException | IllegalStateException e) {
      throw new DataException(
          "provenance entry '" + ENTRY + "' must be a list of epochs, but was: " + text, e);
    }
  }

  private static double number(Json epoch, String name) {
    return epoch.has(name) ? epoch.path(name).doubleValue() : Double.NaN;
  }
}
