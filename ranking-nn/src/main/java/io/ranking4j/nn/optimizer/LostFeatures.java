package io.ranking4j.nn.optimizer;

import io.ranking4j.runtime.input.DenseField;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Features that impressions of a batch lose by chance, to be read as where they are missing.
 * Immutable and safe to share: what is lost is a hash of the seed, the number of the batch, the
 * group and the row.
 */
public final class LostFeatures {
  private static final int[] NEVER = {};

  private final List<Group> groups;
  private final EncodedRows missing;
  private final long seed;

  /** By embedding, the groups that it is of. */
  private final int[][] ofEmbedding;

  /** The numbers that may be lost, and the groups that they are of. */
  private final DenseField[] dense;

  private final int[][] ofDense;

  /**
   * Features that are lost together.
   *
   * @param features their names
   * @param rate the share of impressions that lose them, in [0, 1)
   */
  public record Group(Set<String> features, double rate) {
    /** Copies the names, and refuses a rate that leaves nothing. */
    public Group {
      features = Set.copyOf(features);
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("rate must be in [0, 1), but was " + rate);
      }
    }
  }

  /**
   * Lost features of an encoder's features.
   *
   * @param encoder says what a missing feature is
   * @param groups drawn one by one: a feature of several is lost where any of them is. None of
   *     their features is required
   * @param seed decides which impressions lose them
   */
  public LostFeatures(FeatureEncoder encoder, List<Group> groups, long seed) {
    this.groups = groups.stream().filter(group -> group.rate() > 0).toList();
    this.missing = encoder.missing();
    this.seed = mix(~seed);
    this.ofEmbedding =
        encoder.layout().embeddings().stream()
            .map(EmbeddingField::feature)
            .map(this::of)
            .toArray(int[][]::new);
    this.dense =
        encoder.layout().dense().stream()
            .filter(field -> of(field.feature()).length > 0)
            .toArray(DenseField[]::new);
    this.ofDense =
        Arrays.stream(dense).map(DenseField::feature).map(this::of).toArray(int[][]::new);
  }

  private int[] of(String feature) {
    int[] of =
        IntStream.range(0, groups.size())
            .filter(g -> groups.get(g).features().contains(feature))
            .toArray();
    return of.length == 0 ? NEVER : of;
  }

  /** Whether a row of a batch loses the feature of an embedding. */
  boolean loses(int embedding, long batch, int row) {
    return loses(ofEmbedding[embedding], batch, row);
  }

  private boolean loses(int[] of, long batch, int row) {
    for (int group : of) {
      long key = mix(mix(seed + batch) + group);
      // The upper bits of a hash are a number in [0, 1).
      if ((mix(key + row) >>> 11) * 0x1.0p-53 < groups.get(group).rate()) {
        return true;
      }
    }
    return false;
  }

  /** The table rows of the feature of an embedding with one value, where it is missing. */
  int missingRow(int embedding) {
    return missing.ids(embedding)[0];
  }

  /** How many table rows a list has where it is missing. */
  int missingCount(int embedding) {
    return missing.offsets(embedding)[1];
  }

  /** Writes the table rows of a list that is missing. */
  void copyMissing(int embedding, int[] target, int at) {
    System.arraycopy(missing.ids(embedding), 0, target, at, missingCount(embedding));
  }

  /** Writes the numbers that a row loses over those that it has. */
  void replaceNumbers(long batch, int row, float[] target, int at) {
    for (int d = 0; d < dense.length; d++) {
      if (loses(ofDense[d], batch, row)) {
        int from = dense[d].denseOffset();
        System.arraycopy(missing.dense(), from, target, at + dense[d].offset(), dense[d].width());
      }
    }
  }

  /** SplitMix64 (Steele et al. 2014). */
  static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
