package io.ranking4j.nn.training;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.nn.architecture.BiasInputs;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.state.SplitMix;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the features of a bias to missing: in some of the rows of each step, and in all of the
 * validation data, which is to tell how the model ranks where nothing was shown yet. Used by one
 * thread at a time.
 */
final class BiasDropout implements Stateful {
  /** The table row of a missing value, which is learned. */
  private static final int MISSING = 1;

  private final int[] fields;
  private final double rate;
  private final SplitMix random;

  BiasDropout(BiasInputs inputs, InputLayout layout, long seed) {
    this.fields =
        layout.embeddings().stream()
            .filter(field -> inputs.features().contains(field.feature()))
            .mapToInt(EmbeddingField::index)
            .toArray();
    this.rate = inputs.dropout();
    // Not the numbers that shuffle the rows.
    this.random = new SplitMix(~seed);
  }

  /**
   * Refuses features whose missing value is not learned.
   *
   * @throws io.ranking4j.error.UnknownNameException where there is no such feature
   */
  static void check(BiasInputs inputs, FeatureSchema schema) {
    for (String name : inputs.features()) {
      Feature feature = schema.feature(name);
      Optional<MissingPolicy> policy =
          feature instanceof CategoricalFeature categorical && !categorical.multiValued()
              ? Optional.of(categorical.missing())
              : feature instanceof NumericFeature numeric && numeric.bucketed()
                  ? Optional.of(numeric.missing())
                  : Optional.empty();
      if (!policy.equals(Optional.of(MissingPolicy.learned()))) {
        throw new IllegalArgumentException(
            "the feature '"
                + name
                + "' of a bias must be categorical with one value, or a bucketed number, and its"
                + " missing value learned, but was "
                + feature);
      }
    }
  }

  /** Forgets the features in some of the rows of a step. */
  void apply(BatchRows rows) {
    if (rate == 0) {
      return;
    }
    for (int row = 0; row < rows.count(); row++) {
      if (random.nextDouble() < rate) {
        for (int field : fields) {
          rows.replace(field, row, MISSING);
        }
      }
    }
  }

  @Override
  public void save(StateWriter state) {
    random.save(state);
  }

  @Override
  public void load(StateReader state) {
    random.load(state);
  }

  /** The same data with the features missing in all rows. */
  static DatasetSource without(List<String> features, DatasetSource data) {
    return new DatasetSource() {
      @Override
      public Chunks open() {
        Chunks chunks = data.open();
        return new Chunks() {
          @Override
          public boolean hasNext() {
            return chunks.hasNext();
          }

          @Override
          public Dataset next() {
            return without(features, chunks.next());
          }

          @Override
          public void close() {
            chunks.close();
          }
        };
      }

      @Override
      public Optional<NegativeSampling> negativeSampling() {
        return data.negativeSampling();
      }

      @Override
      public Map<String, RateTable> rateTables() {
        return data.rateTables();
      }
    };
  }

  private static Dataset without(List<String> features, Dataset chunk) {
    Dataset blank = chunk;
    for (String feature : features) {
      blank = blank.with(feature, missing(chunk.column(feature)));
    }
    return blank;
  }

  private static Column missing(Column column) {
    if (column instanceof CategoricalColumn categories) {
      int[] none = new int[categories.size()];
      Arrays.fill(none, CategoricalColumn.MISSING);
      return new CategoricalColumn(none, categories.dictionary());
    }
    BitSet all = new BitSet();
    all.set(0, column.size());
    return new NumericColumn(new double[column.size()], all);
  }
}
