package io.ranking4j.report;

import com.google.gson.stream.JsonWriter;
import io.ranking4j.evaluation.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;

/** The data of a chart for the script of the page. */
final class ChartJson {

  /** More digits than a screen has pixels would only make the page larger. */
  private static final MathContext DIGITS = new MathContext(6);

  private ChartJson() {}

  static String of(XyChart chart) {
    return written(
        json -> {
          json.name("x");
          axis(json, chart.x());
          json.name("y");
          axis(json, chart.y());
          series(json, chart.series());
        });
  }

  static String of(CategoryChart chart) {
    return written(
        json -> {
          json.name("categories").beginArray();
          for (String category : chart.categories()) {
            json.value(category);
          }
          json.endArray();
          json.name("y");
          axis(json, chart.values());
          series(json, chart.series());
        });
  }

  private interface Body {
    void write(JsonWriter json) throws IOException;
  }

  private static String written(Body body) {
    StringWriter out = new StringWriter();
    try (JsonWriter json = new JsonWriter(out)) {
      // Neither a tag nor the end of the script can come out of a text then.
      json.setHtmlSafe(true);
      json.beginObject();
      body.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void axis(JsonWriter json, Axis axis) throws IOException {
    json.beginObject();
    json.name("label").value(axis.label());
    json.name("log").value(axis.logarithmic());
    end(json, "min", axis.min());
    end(json, "max", axis.max());
    json.endObject();
  }

  private static void end(JsonWriter json, String name, OptionalDouble value) throws IOException {
    if (value.isPresent()) {
      json.name(name).value(value.getAsDouble());
    }
  }

  private static void series(JsonWriter json, List<Series> series) throws IOException {
    json.name("series").beginArray();
    for (Series one : series) {
      json.beginObject();
      json.name("name").value(one.name());
      json.name("mark").value(one.mark().name());
      json.name("points").beginArray();
      for (Point point : one.points()) {
        point(json, point);
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }

  /** As {@code [x, y, lower, upper, note]}, without what is empty at the end. */
  private static void point(JsonWriter json, Point point) throws IOException {
    json.beginArray();
    number(json, point.x());
    number(json, point.y());
    Interval interval = point.interval();
    boolean noted = !point.note().isEmpty();
    if (interval != null || noted) {
      number(json, interval == null ? Double.NaN : interval.lower());
      number(json, interval == null ? Double.NaN : interval.upper());
    }
    if (noted) {
      json.value(point.note());
    }
    json.endArray();
  }

  private static void number(JsonWriter json, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.nullValue();
    } else {
      json.value(new BigDecimal(value).round(DIGITS));
    }
  }
}
