package io.ranking4j.runtime.input;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.Section;
import io.ranking4j.runtime.file.SectionInput;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder in a model file: JSON for what is small, sections for vocabularies and the keys and
 * counts of rates, which may have millions of entries. What was read encodes bit for bit as what
 * was written.
 */
public final class EncoderCodec {
  private static final String PREFIX = "encoder.";
  private static final String TYPE = "type";

  private EncoderCodec() {}

  /**
   * Writes an encoder.
   *
   * @param sections receives the sections, whose names all start with {@code "encoder."}; they hold
   *     on to the encoder, not to copies
   * @return a JSON object
   */
  public static Json write(FeatureEncoder encoder, List<? super Section> sections) {
    EncoderState state = encoder.state();
    Json node = Json.object();
    node.put("schema", SchemaCodec.write(state.schema()));
    node.put("defaultWidth", state.defaultWidth());
    Json tables = node.putArray("tables");
    state
        .tables()
        .forEach((owner, rows) -> tables.add(table(owner, rows, tables.size(), sections)));
    Json scales = node.putObject("scales");
    state
        .scales()
        .forEach(
            (feature, list) -> {
              Json array = scales.putArray(feature);
              list.forEach(
                  scale ->
                      array
                          .addObject()
                          .put("mean", scale.mean())
                          .put("deviation", scale.deviation()));
            });
    Json rates = node.putArray("rates");
    state
        .rates()
        .forEach((feature, rate) -> rates.add(rate(feature, rate, rates.size(), sections)));
    Json statistics = node.putArray("statistics");
    for (FeatureStatistics one : state.statistics().values()) {
      Json entry =
          statistics
              .addObject()
              .put("feature", one.feature())
              .put("rows", one.rows())
              .put("missing", one.missing())
              .put("values", one.values())
              .put("unknown", one.unknown());
      one.bins().ifPresent(bins -> bins(bins, entry.putObject("bins")));
    }
    return node;
  }

  private static void bins(ValueBins bins, Json node) {
    Json boundaries = node.putArray("boundaries");
    bins.boundaries().forEach(boundaries::add);
    Json counts = node.putArray("counts");
    bins.counts().forEach(counts::add);
  }

  private static Json table(
      String owner, TableRows rows, int place, List<? super Section> sections) {
    Json node = Json.object().put("feature", owner);
    if (rows instanceof TableRows.Vocabulary vocabulary) {
      StringIndex index = vocabulary.index();
      String section = PREFIX + "vocabulary." + place;
      sections.add(Section.of(section, index.sectionBytes(), index::write));
      return node.put(TYPE, "vocabulary").put("size", index.size()).put("section", section);
    } else if (rows instanceof TableRows.Hashed hashed) {
      return node.put(TYPE, "hash").put("buckets", hashed.buckets());
    }
    node.put(TYPE, "buckets");
    Json boundaries = node.putArray("boundaries");
    for (double boundary : ((TableRows.Buckets) rows).boundaries()) {
      boundaries.add(boundary);
    }
    return node;
  }

  private static Json rate(
      String feature, RateCounts rate, int place, List<? super Section> sections) {
    String keys = PREFIX + "rate." + place + ".keys";
    String counts = PREFIX + "rate." + place + ".counts";
    StringIndex index = rate.keys();
    sections.add(Section.of(keys, index.sectionBytes(), index::write));
    sections.add(
        Section.of(
            counts,
            2L * index.size() * Double.BYTES,
            out -> {
              for (int i = 0; i < 2 * index.size(); i++) {
                out.writeDouble(rate.counts()[i]);
              }
            }));
    return Json.object()
        .put("feature", feature)
        .put("overallRate", rate.overallRate())
        .put("size", index.size())
        .put("keys", keys)
        .put("counts", counts);
  }

  /**
   * Reads an encoder.
   *
   * @param node what {@link #write} returned
   * @param file the file with its sections
   * @throws ModelFileException where something is missing, of another type or out of range
   * @throws UnknownNameException where a type is named that this version does not know
   * @throws IOException where the file cannot be read
   */
  public static FeatureEncoder read(Json node, ModelFileReader file) throws IOException {
    try {
      return new FeatureEncoder(
          state(node, file), UnknownFeatures.REFUSE, RequestLimits.defaults());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFileException("the encoder is not valid: " + e.getMessage(), e);
    }
  }

  private static EncoderState state(Json node, ModelFileReader file) throws IOException {
    FeatureSchema schema = SchemaCodec.read(JsonFields.map(node, "schema"));
    int defaultWidth = JsonFields.integer(node, "defaultWidth");
    if (defaultWidth < 1 || defaultWidth > CategoricalFeature.MAX_WIDTH) {
      throw new ModelFileException("the default width of the encoder is " + defaultWidth);
    }
    Map<String, TableRows> tables = new LinkedHashMap<>();
    for (Json table : JsonFields.list(node, "tables")) {
      tables.put(JsonFields.text(table, "feature"), table(table, file));
    }
    Map<String, List<Scale>> scales = new LinkedHashMap<>();
    Json scalesNode = JsonFields.map(node, "scales");
    for (String feature : scalesNode.names()) {
      List<Scale> list = new ArrayList<>();
      for (Json scale : JsonFields.list(scalesNode, feature)) {
        list.add(
            new Scale(JsonFields.number(scale, "mean"), JsonFields.number(scale, "deviation")));
      }
      scales.put(feature, list);
    }
    Map<String, RateCounts> rates = new LinkedHashMap<>();
    for (Json rate : JsonFields.list(node, "rates")) {
      rates.put(JsonFields.text(rate, "feature"), rate(rate, file));
    }
    Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
    for (Json one : JsonFields.list(node, "statistics")) {
      String feature = JsonFields.text(one, "feature");
      statistics.put(
          feature,
          new FeatureStatistics(
              feature,
              JsonFields.count(one, "rows"),
              JsonFields.count(one, "missing"),
              JsonFields.count(one, "values"),
              JsonFields.count(one, "unknown"),
              bins(one)));
    }
    check(schema, tables, scales, rates);
    return new EncoderState(schema, defaultWidth, tables, scales, rates, statistics);
  }

  /** Statistics of earlier versions have no bins. */
  private static Optional<ValueBins> bins(Json statistics) {
    if (!statistics.has("bins")) {
      return Optional.empty();
    }
    Json node = JsonFields.map(statistics, "bins");
    return Optional.of(
        new ValueBins(JsonFields.numbers(node, "boundaries"), JsonFields.counts(node, "counts")));
  }

  private static TableRows table(Json node, ModelFileReader file) throws IOException {
    String type = JsonFields.text(node, TYPE);
    return switch (type) {
      case "vocabulary" -> {
        String section = JsonFields.text(node, "section");
        yield new TableRows.Vocabulary(
            StringIndex.read(file.read(section), section, JsonFields.integer(node, "size")));
      }
      case "hash" ->
          new TableRows.Hashed(new Encoding.Hash(JsonFields.integer(node, "buckets")).buckets());
      case "buckets" -> buckets(node);
      default ->
          throw new UnknownNameException(
              "type of table", type, List.of("vocabulary", "hash", "buckets"));
    };
  }

  private static TableRows buckets(Json node) {
    double[] boundaries =
        JsonFields.numbers(node, "boundaries").stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 0; i < boundaries.length; i++) {
      if (!Double.isFinite(boundaries[i]) || (i > 0 && boundaries[i] <= boundaries[i - 1])) {
        throw new ModelFileException(
            "the boundaries of feature '"
                + JsonFields.text(node, "feature")
                + "' must be finite and strictly increasing");
      }
    }
    return new TableRows.Buckets(boundaries);
  }

  private static RateCounts rate(Json node, ModelFileReader file) throws IOException {
    String feature = JsonFields.text(node, "feature");
    int size = JsonFields.integer(node, "size");
    String keysSection = JsonFields.text(node, "keys");
    StringIndex keys = StringIndex.read(file.read(keysSection), keysSection, size);
    SectionInput in = file.read(JsonFields.text(node, "counts"));
    if (in.remaining() != 2L * size * Double.BYTES) {
      throw new ModelFileException(
          "the counts of rate feature '" + feature + "' must be 2 for each of " + size + " keys");
    }
    double[] counts = new double[Math.multiplyExact(2, size)];
    for (int i = 0; i < counts.length; i += 2) {
      counts[i] = in.readDouble();
      counts[i + 1] = in.readDouble();
      if (!(counts[i] >= 0
          && counts[i] <= counts[i + 1]
          && counts[i + 1] < Double.POSITIVE_INFINITY)) {
        throw new ModelFileException(
            "a count of rate feature '" + feature + "' is impossible: " + counts[i]);
      }
    }
    double overall = JsonFields.number(node, "overallRate");
    if (!(overall > 0 && overall < 1)) {
      throw new ModelFileException(
          "the overall rate of '" + feature + "' must be in (0, 1), but was " + overall);
    }
    return new RateCounts(keys, counts, overall);
  }

  /** Checks that every feature has what its coder needs, and nothing has more. */
  private static void check(
      FeatureSchema schema,
      Map<String, TableRows> tables,
      Map<String, List<Scale>> scales,
      Map<String, RateCounts> rates) {
    int owners = 0;
    for (Feature feature : schema.features()) {
      String name = feature.name();
      boolean fits;
      if (EncoderState.embedded(feature)) {
        TableRows table = tables.get(EncoderState.owner(feature));
        owners += EncoderState.owner(feature).equals(name) ? 1 : 0;
        fits =
            feature instanceof CategoricalFeature
                ? table instanceof TableRows.Categories
                : table instanceof TableRows.Buckets;
      } else {
        int needed = feature instanceof RateFeature ? 2 : feature instanceof NumericFeature ? 1 : 0;
        fits =
            scales.getOrDefault(name, List.of()).size() == needed
                && (!(feature instanceof RateFeature) || rates.containsKey(name));
      }
      if (!fits) {
        throw new ModelFileException(
            "the encoder lacks the table, scale or counts of feature '" + name + "'");
      }
    }
    if (owners != tables.size()) {
      throw new ModelFileException(
          "the encoder has " + tables.size() + " tables, but its features have " + owners);
    }
  }
}
