package io.ranking4j.examples.data;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as a host would send it, made again from rows of a log. Immutable and safe to share.
 *
 * @param context the features of the context of the first row
 * @param candidates each different candidate of the rows once
 */
public record LogRequest(Features context, List<Candidate> candidates) {
  /** Copies the candidates. */
  public LogRequest {
    candidates = List.copyOf(candidates);
  }

  /**
   * Makes the request.
   *
   * @param data the log
   * @param schema the features of the model
   * @param rows the rows, at least one
   * @param idColumn the column of the candidate's id; empty for the number of the row
   * @param signals columns of numbers that become signals
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static LogRequest of(
      Dataset data,
      FeatureSchema schema,
      int[] rows,
      Optional<String> idColumn,
      List<String> signals) {
    Set<String> contextNames = names(schema, Side.CONTEXT);
    Set<String> candidateNames = names(schema, Side.CANDIDATE);
    candidateNames.removeAll(contextNames);
    List<Candidate> candidates = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (int row : rows) {
      String id = idColumn.map(name -> text(data, name, row)).orElse(String.valueOf(row));
      if (seen.add(id)) {
        Map<String, Double> numbers = new TreeMap<>();
        for (String signal : signals) {
          NumericColumn column = data.column(signal, NumericColumn.class);
          if (!column.isMissing(row)) {
            numbers.put(signal, column.values()[row]);
          }
        }
        candidates.add(new Candidate(id, features(data, candidateNames, row), numbers));
      }
    }
    return new LogRequest(features(data, contextNames, rows[0]), candidates);
  }

  /** What a request gives on one side: features and the keys of rates, but not rates themselves. */
  private static Set<String> names(FeatureSchema schema, Side side) {
    Set<String> names = new LinkedHashSet<>();
    for (Feature feature : side == Side.CONTEXT ? schema.context() : schema.candidate()) {
      if (feature instanceof RateFeature rate) {
        rate.keys().stream().filter(key -> !schema.contains(key)).forEach(names::add);
      } else {
        names.add(feature.name());
      }
    }
    return names;
  }

  private static String text(Dataset data, String column, int row) {
    return String.valueOf(data.column(column, CategoricalColumn.class).get(row));
  }

  private static Features features(Dataset data, Set<String> names, int row) {
    Features.Builder features = Features.builder();
    for (String name : names) {
      Column column = data.column(name);
      if (column instanceof CategoricalColumn categories) {
        @Nullable String value = categories.get(row);
        if (value != null) {
          features.set(name, value);
        }
      } else if (column instanceof NumericColumn numbers && !numbers.isMissing(row)) {
        features.set(name, numbers.values()[row]);
      } else if (column instanceof ListColumn lists) {
        features.set(name, lists.get(row));
      } else if (column instanceof VectorColumn vectors && !vectors.isMissing(row)) {
        int from = row * vectors.width();
        features.set(name, Arrays.copyOfRange(vectors.values(), from, from + vectors.width()));
      }
    }
    return features.build();
  }
}
