package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Side;
import io.ranking4j.schema.VectorFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw values into what a network reads: categories and buckets into rows of embedding tables,
 * numbers into standardised ones. Learned once from the training data; the training data and
 * requests then go through the same code. Immutable and safe to share.
 *
 * <p>A missing category whose policy is to be learned is row 1 of its table, an unknown one row 0.
 * A list that is empty is missing, and then is a list of the one row that its policy says, but one
 * that is pooled by {@linkplain io.ranking4j.schema.Pooling.Attention attention} stays empty where
 * a missing value is to be learned. The keys of a rate that are no features of their own may come
 * with the candidate or with the context, the candidate's first.
 */
public final class FeatureEncoder {
  /** The width of embeddings whose feature leaves it to the network, when nothing else is said. */
  public static final int DEFAULT_WIDTH = 16;

  private final EncoderState state;
  private final InputLayout layout;
  private final UnknownFeatures unknown;
  private final RequestLimits limits;

  /** Names of values that are taken for missing whatever they are. */
  private final Set<String> lost;

  private final RequestNames contextNames;
  private final RequestNames candidateNames;
  private final List<FeatureCoder> contextCoders;
  private final List<FeatureCoder> candidateCoders;

  FeatureEncoder(EncoderState state, UnknownFeatures unknown, RequestLimits limits) {
    this(state, unknown, limits, Set.of());
  }

  private FeatureEncoder(
      EncoderState state, UnknownFeatures unknown, RequestLimits limits, Set<String> lost) {
    this.state = state;
    this.lost = lost;
    this.unknown = unknown;
    this.limits = limits;
    this.layout = state.layout();
    this.contextNames = new RequestNames(state.schema(), Side.CONTEXT, limits);
    this.candidateNames = new RequestNames(state.schema(), Side.CANDIDATE, limits);
    this.contextCoders = coders(state.schema().context(), contextNames);
    this.candidateCoders = coders(state.schema().candidate(), candidateNames);
  }

  /**
   * Learns an encoder in one pass over the training data: vocabularies (the most frequent values
   * first, ties by value), means and deviations, and quantiles (of an even sample of 100000
   * values). The same data gives the same encoder. A table that several features share has one
   * vocabulary over all of them, by its owner's limits.
   *
   * @param schema the features
   * @param train the training data; for each {@link RateFeature} it has a {@link
   *     io.ranking4j.dataset.RateColumn} and a {@link io.ranking4j.dataset.RateTable}
   * @param defaultWidth the width of embeddings whose feature has none, at least 1
   * @throws UnknownNameException where a feature has no column
   * @throws DataException where a column is of the wrong type, a value is NaN or infinite, or one
   *     is missing that must not
   */
  public static FeatureEncoder fit(FeatureSchema schema, DatasetSource train, int defaultWidth) {
    if (defaultWidth < 1 || defaultWidth > CategoricalFeature.MAX_WIDTH) {
      throw new IllegalArgumentException(
          "defaultWidth must be in [1, "
              + CategoricalFeature.MAX_WIDTH
              + "], but was "
              + defaultWidth);
    }
    return new FeatureEncoder(
        new EncoderFitter(schema).fit(train, defaultWidth),
        UnknownFeatures.REFUSE,
        RequestLimits.defaults());
  }

  /**
   * Learns what is new in later data. Known categories keep their rows; those that are new and
   * reach the least count of their feature within this data get rows behind them, as long as the
   * vocabulary may grow. Means, deviations and boundaries of buckets stay, so that what a network
   * reads means what it meant. Counts of a rate are replaced where the data has a {@link
   * io.ranking4j.dataset.RateTable}, and stay where it has none. The {@linkplain #statistics()
   * statistics} are those of this data.
   *
   * @throws UnknownNameException where a feature has no column
   * @throws DataException where a column is of the wrong type, a value is NaN or infinite, one is
   *     missing that must not, or there are no rows
   */
  public FeatureEncoder grown(DatasetSource slice) {
    return new FeatureEncoder(
        new EncoderFitter(state.schema()).grow(state, slice), unknown, limits);
  }

  private List<FeatureCoder> coders(List<Feature> features, RequestNames names) {
    List<FeatureCoder> coders = new ArrayList<>();
    Set<String> without = LostValues.features(schema(), lost);
    for (Feature feature : features) {
      FeatureCoder coder = coder(feature, names);
      coders.add(without.contains(feature.name()) ? coder.without(lost) : coder);
    }
    return List.copyOf(coders);
  }

  /** Its place in the schema. */
  private int number(String name) {
    int number = 0;
    for (Feature feature : schema().features()) {
      if (feature.name().equals(name)) {
        return number;
      }
      number++;
    }
    throw new IllegalArgumentException("'" + name + "' is no feature");
  }

  private FeatureCoder coder(Feature feature, RequestNames names) {
    String name = feature.name();
    int slot = names.slot(name);
    int number = number(name);
    if (feature instanceof CategoricalFeature categorical) {
      TableRows.Categories table = (TableRows.Categories) table(EncoderState.owner(feature));
      return categorical.multiValued()
          ? new CategoryListCoder(categorical, table, embedding(name).index(), number, slot)
          : new CategoryCoder(categorical, table, embedding(name).index(), number, slot);
    }
    if (feature instanceof NumericFeature numeric && numeric.bucketed()) {
      TableRows.Buckets table = (TableRows.Buckets) table(name);
      return new NumberCoder.Bucketed(numeric, table, embedding(name).index(), number, slot);
    }
    DenseField field = dense(name);
    if (feature instanceof NumericFeature numeric) {
      return new NumberCoder.Dense(numeric, scales(name).get(0), field, number, slot);
    }
    if (feature instanceof VectorFeature vector) {
      return new VectorCoder(vector, field, number, slot);
    }
    RateFeature rate = (RateFeature) feature;
    int[] slots = new int[rate.keys().size()];
    boolean[] either = new boolean[slots.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = names.slot(rate.keys().get(i));
      either[i] = slots[i] < 0 || !schema().contains(rate.keys().get(i));
    }
    return new RateCoder(
        rate,
        Objects.requireNonNull(state.rates().get(name)),
        scales(name).get(0),
        scales(name).get(1),
        field,
        number,
        slots,
        either);
  }

  private TableRows table(String owner) {
    return Objects.requireNonNull(state.tables().get(owner));
  }

  private List<Scale> scales(String feature) {
    return Objects.requireNonNull(state.scales().get(feature));
  }

  private EmbeddingField embedding(String feature) {
    for (EmbeddingField field : layout.embeddings()) {
      if (field.feature().equals(feature)) {
        return field;
      }
    }
    throw new IllegalArgumentException("'" + feature + "' has no embedding");
  }

  private DenseField dense(String feature) {
    for (DenseField field : layout.dense()) {
      if (field.feature().equals(feature)) {
        return field;
      }
    }
    throw new IllegalArgumentException("'" + feature + "' has no column");
  }

  EncoderState state() {
    return state;
  }

  /** The features. */
  public FeatureSchema schema() {
    return state.schema();
  }

  /** The columns of the network's input. */
  public InputLayout layout() {
    return layout;
  }

  /** By feature, what it was like in the training data; unmodifiable. */
  public Map<String, FeatureStatistics> statistics() {
    return Collections.unmodifiableMap(state.statistics());
  }

  /**
   * The same encoder whose statistics say how the values of encoded rows are spread.
   *
   * @param rows the training data, encoded by this encoder
   */
  public FeatureEncoder withBins(EncodedRows rows) {
    Map<String, FeatureStatistics> statistics = new LinkedHashMap<>(state.statistics());
    FeatureCounter.bins(this, rows)
        .forEach((name, bins) -> statistics.computeIfPresent(name, (n, one) -> one.with(bins)));
    return new FeatureEncoder(state.with(statistics), unknown, limits, lost);
  }

  /** The same encoder with another answer to values of requests that nobody knows. */
  public FeatureEncoder unknownFeatures(UnknownFeatures answer) {
    return new FeatureEncoder(state, answer, limits, lost);
  }

  /** The same encoder with other limits of requests. */
  public FeatureEncoder requestLimits(RequestLimits other) {
    return new FeatureEncoder(state, unknown, other, lost);
  }

  /**
   * The same encoder for values that are lost: whatever a request or a data set has of them, it is
   * encoded as where they are missing. A rate that loses one of its keys is that of the others in
   * the counts at the end of the training data.
   *
   * @param names of features or of keys of rates; see {@link LostValues#features}
   * @throws UnknownNameException where a name is neither
   * @throws IllegalArgumentException where a feature is required
   */
  public FeatureEncoder without(Collection<String> names) {
    Set<String> all = new LinkedHashSet<>(lost);
    all.addAll(names);
    return new FeatureEncoder(state, unknown, limits, all);
  }

  /**
   * One impression without any value: of each feature what is encoded where it is missing. What it
   * has of features that are required means nothing.
   */
  public EncodedRows missing() {
    EncodedRows out = new EncodedRows(layout, null);
    out.start(1);
    for (List<FeatureCoder> coders : List.of(contextCoders, candidateCoders)) {
      for (FeatureCoder coder : coders) {
        if (!(schema().feature(coder.feature()).missing() instanceof MissingPolicy.Refuse)) {
          coder.encodeMissing(0, out, Place.CONTEXT);
        }
      }
    }
    return out;
  }

  /**
   * The row of its table that a category of a feature has.
   *
   * @throws UnknownNameException where there is no such feature
   * @throws IllegalArgumentException where the feature is not categorical
   */
  public int row(String feature, String category) {
    if (!(schema().feature(feature) instanceof CategoricalFeature categorical)) {
      throw new IllegalArgumentException("feature '" + feature + "' is not categorical");
    }
    TableRows.Categories table = (TableRows.Categories) table(EncoderState.owner(categorical));
    return table.row(new Utf8Key().append(category));
  }

  /**
   * Encodes all features of a data set. The counts of a rate come from the column of its name where
   * there is one, else they are those at the end of the training data, by the key columns.
   *
   * @throws UnknownNameException where a feature has no column
   * @throws DataException where a column is of the wrong type, a value is NaN, infinite or no
   *     category, or one is missing that must not; with the row, the first being 0
   */
  public EncodedRows encode(Dataset data) {
    return encode(data, 0);
  }

  /**
   * Encodes all features of a chunk of a longer data set; see {@link #encode(Dataset)}.
   *
   * @param firstRow the number that messages give its first row
   */
  public EncodedRows encode(Dataset data, long firstRow) {
    EncodedRows out = new EncodedRows(layout, null);
    out.start(data.rows());
    Place place = Place.rows(firstRow);
    for (FeatureCoder coder : contextCoders) {
      coder.encode(data, out, place);
    }
    for (FeatureCoder coder : candidateCoders) {
      coder.encode(data, out, place);
    }
    return out;
  }

  /** A buffer for {@link #encodeContext(Features, EncodedRows)}. */
  public EncodedRows newContextRows() {
    return new EncodedRows(layout, Side.CONTEXT);
  }

  /** A buffer for {@link #encodeCandidates}. */
  public EncodedRows newCandidateRows() {
    return new EncodedRows(layout, Side.CANDIDATE);
  }

  /** Encodes the context of a request as one row, into a buffer of its own. */
  public EncodedRows encodeContext(Features context) {
    return encodeContext(context, newContextRows());
  }

  /**
   * Encodes the context of a request as one row.
   *
   * @param reuse a buffer of {@link #newContextRows()}, overwritten
   * @return {@code reuse}
   * @throws UnknownNameException where a value has a name that nobody knows, unless these are
   *     ignored
   * @throws DataException where a value is of the wrong type or belongs to the candidates, or one
   *     is missing that must not
   */
  public EncodedRows encodeContext(Features context, EncodedRows reuse) {
    RequestValues values = start(reuse, Side.CONTEXT, contextNames, 1, context);
    try {
      contextNames.read(context, values.own(), unknown, Map.of(), Place.CONTEXT, 0);
      encode(contextCoders, values, 0, reuse, Place.CONTEXT);
    } finally {
      Arrays.fill(values.own(), null);
    }
    return reuse;
  }

  /**
   * Encodes the candidates of a request, one row each.
   *
   * @param context the context, for the keys of rates
   * @param candidates the candidates
   * @param reuse a buffer of {@link #newCandidateRows()}, overwritten
   * @return {@code reuse}
   * @throws UnknownNameException where a value has a name that nobody knows, unless these are
   *     ignored
   * @throws DataException where a value is of the wrong type or belongs to the context, or one is
   *     missing that must not; with the candidate's id and index; where there are too many
   *     candidates, a list or a category is too long
   */
  public EncodedRows encodeCandidates(
      Features context, List<Candidate> candidates, EncodedRows reuse) {
    if (candidates.size() > limits.maxCandidates()) {
      throw new DataException(
          "a request may have at most "
              + limits.maxCandidates()
              + " candidates, but had "
              + candidates.size());
    }
    RequestValues values = start(reuse, Side.CANDIDATE, candidateNames, candidates.size(), context);
    Place place = Place.candidates(candidates);
    try {
      for (int row = 0; row < candidates.size(); row++) {
        Candidate candidate = candidates.get(row);
        candidateNames.read(
            candidate.features(), values.own(), unknown, candidate.signals(), place, row);
        encode(candidateCoders, values, row, reuse, place);
      }
    } finally {
      Arrays.fill(values.own(), null);
    }
    return reuse;
  }

  private RequestValues start(
      EncodedRows reuse, Side side, RequestNames names, int rows, Features context) {
    if (!reuse.layout().equals(layout)) {
      throw new IllegalArgumentException("the buffer is of another encoder");
    }
    if (reuse.side().isEmpty() || reuse.side().get() != side) {
      throw new IllegalArgumentException("the buffer must be of the " + side + " side");
    }
    reuse.start(rows);
    if (reuse.values.length != names.size()) {
      reuse.values = new @Nullable Object[names.size()];
    }
    return new RequestValues(reuse.values, context);
  }

  private static void encode(
      List<FeatureCoder> coders, RequestValues values, int row, EncodedRows out, Place place) {
    for (int i = 0; i < coders.size(); i++) {
      coders.get(i).encode(values, row, out, place);
    }
  }
}
