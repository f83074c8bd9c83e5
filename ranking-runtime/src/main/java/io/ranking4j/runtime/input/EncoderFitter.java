package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.VectorFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Learns an encoder from data in one pass, or what is new in it. Used once, by one thread. */
final class EncoderFitter {
  private final FeatureSchema schema;
  private final List<FeatureFit> fits = new ArrayList<>();
  private final Map<String, CategoryCounts> counts = new LinkedHashMap<>();

  EncoderFitter(FeatureSchema schema) {
    this.schema = schema;
    for (Feature feature : schema.features()) {
      if (feature instanceof CategoricalFeature categorical) {
        // The owner's encoding is that of the table, whoever comes first.
        CategoricalFeature owner = (CategoricalFeature) schema.feature(EncoderState.owner(feature));
        fits.add(
            new CategoryFit(
                categorical,
                counts.computeIfAbsent(
                    owner.name(), name -> new CategoryCounts(owner.encoding()))));
      } else if (feature instanceof NumericFeature numeric) {
        fits.add(new NumberFit(numeric));
      } else if (feature instanceof VectorFeature vector) {
        fits.add(new VectorFit(vector));
      } else {
        fits.add(new RateFit((RateFeature) feature));
      }
    }
  }

  /**
   * Grows what was learned before: known categories keep their rows, and those that are new and
   * frequent enough get rows behind them. Scales and buckets stay, so that the numbers a network
   * reads mean what they meant, and so do counts of rates that the data does not have.
   */
  EncoderState grow(EncoderState before, DatasetSource slice) {
    Map<String, RateCounts> rates = new LinkedHashMap<>(before.rates());
    rates.replaceAll(
        (name, old) -> {
          RateTable table = slice.rateTables().get(name);
          return table == null ? old : RateCounts.of(table);
        });
    fits.removeIf(fit -> fit instanceof RateFit && !slice.rateTables().containsKey(fit.feature()));
    read(slice);
    Map<String, TableRows> tables = new LinkedHashMap<>(before.tables());
    counts.forEach(
        (owner, counted) ->
            tables.computeIfPresent(
                owner, (name, old) -> counted.grown((TableRows.Categories) old)));
    Map<String, FeatureStatistics> statistics = new LinkedHashMap<>(before.statistics());
    for (FeatureFit fit : fits) {
      if (fit instanceof CategoryFit category) {
        String owner = EncoderState.owner(schema.feature(fit.feature()));
        category.fitted((TableRows.Categories) Objects.requireNonNull(tables.get(owner)));
      }
      statistics.put(fit.feature(), fit.statistics());
    }
    return new EncoderState(
        schema, before.defaultWidth(), tables, before.scales(), rates, statistics);
  }

  EncoderState fit(DatasetSource train, int defaultWidth) {
    Map<String, RateCounts> rates = new LinkedHashMap<>();
    for (Feature feature : schema.features()) {
      if (feature instanceof RateFeature) {
        RateTable table = train.rateTables().get(feature.name());
        if (table == null) {
          throw RateFit.incomplete(feature.name(), "rate table");
        }
        rates.put(feature.name(), RateCounts.of(table));
      }
    }
    read(train);

    Map<String, TableRows> tables = new LinkedHashMap<>();
    Map<String, List<Scale>> scales = new LinkedHashMap<>();
    Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
    Map<String, TableRows.Categories> categories = new LinkedHashMap<>();
    counts.forEach((owner, counted) -> categories.put(owner, counted.rows()));
    for (FeatureFit fit : fits) {
      String name = fit.feature();
      if (fit instanceof CategoryFit category) {
        String owner = EncoderState.owner(schema.feature(name));
        TableRows.Categories rows = Objects.requireNonNull(categories.get(owner));
        category.fitted(rows);
        if (owner.equals(name)) {
          tables.put(name, rows);
        }
      } else if (fit instanceof NumberFit number) {
        if (EncoderState.embedded(schema.feature(name))) {
          tables.put(name, number.buckets());
        } else {
          scales.put(name, List.of(number.scale()));
        }
      } else if (fit instanceof RateFit rate) {
        scales.put(name, List.of(rate.logOdds(), rate.impressions()));
      }
      statistics.put(name, fit.statistics());
    }
    return new EncoderState(schema, defaultWidth, tables, scales, rates, statistics);
  }

  private void read(DatasetSource train) {
    long rows = 0;
    try (DatasetSource.Chunks chunks = train.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        Place place = Place.rows(rows);
        for (FeatureFit fit : fits) {
          fit.accept(chunk, place);
        }
        rows += chunk.rows();
      }
    }
    if (rows == 0) {
      throw new DataException("the training data has no rows");
    }
  }
}
