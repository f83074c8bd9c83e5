package io.ranking4j.schema;

import io.ranking4j.error.UnknownNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The features of a row, those of the context before those of the candidate, each in the order it
 * was given. Immutable and safe to share.
 *
 * <pre>{@code
 * FeatureSchema schema = FeatureSchema.builder()
 *     .context(categorical("user_id"), categorical("hour"))
 *     .candidate(categorical("video_id"), numeric("duration_s").log())
 *     .build();
 * }</pre>
 */
public final class FeatureSchema {
  private final List<Feature> context;
  private final List<Feature> candidate;
  private final Map<String, Feature> byName;

  /** By name, since the hash and equality that Java makes for a record are slow at a start. */
  private final Set<String> contextNames;

  private FeatureSchema(List<Feature> context, List<Feature> candidate) {
    this.context = List.copyOf(context);
    this.candidate = List.copyOf(candidate);
    this.byName = new LinkedHashMap<>();
    for (Feature feature : context) {
      add(feature);
    }
    this.contextNames = Set.copyOf(byName.keySet());
    for (Feature feature : candidate) {
      add(feature);
    }
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("a schema needs at least one feature");
    }
    for (Feature feature : byName.values()) {
      if (feature instanceof CategoricalFeature categorical) {
        checkShared(categorical);
        checkAttention(categorical);
      } else if (feature instanceof RateFeature rate && side(rate.name()) == Side.CONTEXT) {
        for (String key : rate.keys()) {
          if (byName.containsKey(key) && side(key) == Side.CANDIDATE) {
            throw new IllegalArgumentException(
                "rate feature '"
                    + rate.name()
                    + "' is of the context, but its key '"
                    + key
                    + "' is of the candidate");
          }
        }
      }
    }
  }

  private void add(Feature feature) {
    if (byName.put(feature.name(), feature) != null) {
      throw new IllegalArgumentException("feature '" + feature.name() + "' is given twice");
    }
  }

  private void checkShared(CategoricalFeature feature) {
    if (feature.sharesTableWith().isEmpty()) {
      return;
    }
    String owner = feature.sharesTableWith().get();
    if (!(feature(owner) instanceof CategoricalFeature shared)
        || shared.sharesTableWith().isPresent()) {
      throw new IllegalArgumentException(
          "feature '"
              + feature.name()
              + "' shares the table of '"
              + owner
              + "', which must be categorical with a table of its own");
    }
    if (feature.width() != 0 && feature.width() != shared.width()) {
      throw new IllegalArgumentException(
          "feature '"
              + feature.name()
              + "' has width "
              + feature.width()
              + " but shares the table of '"
              + owner
              + "', of width "
              + shared.width());
    }
  }

  private void checkAttention(CategoricalFeature feature) {
    if (!(feature.pooling().orElse(null) instanceof Pooling.Attention attention)) {
      return;
    }
    if (!(feature(attention.query()) instanceof CategoricalFeature query)
        || query.multiValued()
        || !owner(query).equals(owner(feature))) {
      throw new IllegalArgumentException(
          "feature '"
              + feature.name()
              + "' is pooled by its likeness to '"
              + attention.query()
              + "', which must be categorical with one value, and share its table");
    }
  }

  private static String owner(CategoricalFeature feature) {
    return feature.sharesTableWith().orElse(feature.name());
  }

  /** Starts a schema. */
  public static Builder builder() {
    return new Builder();
  }

  /** The features of the context. */
  public List<Feature> context() {
    return context;
  }

  /** The features of the candidate. */
  public List<Feature> candidate() {
    return candidate;
  }

  /** All features, those of the context first. */
  public List<Feature> features() {
    return List.copyOf(byName.values());
  }

  /** Whether there is a feature of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * The feature of that name.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public Feature feature(String name) {
    Feature feature = byName.get(name);
    if (feature == null) {
      throw new UnknownNameException("feature", name, byName.keySet());
    }
    return feature;
  }

  /**
   * Where the value of that feature comes from in a request.
   *
   * @throws UnknownNameException where there is no such feature
   */
  public Side side(String name) {
    return contextNames.contains(feature(name).name()) ? Side.CONTEXT : Side.CANDIDATE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSchema that
        && context.equals(that.context)
        && candidate.equals(that.candidate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(context, candidate);
  }

  @Override
  public String toString() {
    return "FeatureSchema[context=" + context + ", candidate=" + candidate + "]";
  }

  /** Collects features; not safe to share between threads. */
  public static final class Builder {
    private final List<Feature> context = new ArrayList<>();
    private final List<Feature> candidate = new ArrayList<>();

    private Builder() {}

    /** Adds features of the context: the same for all candidates of a request. */
    public Builder context(Feature... features) {
      context.addAll(List.of(features));
      return this;
    }

    /** Adds features of the candidate. */
    public Builder candidate(Feature... features) {
      candidate.addAll(List.of(features));
      return this;
    }

    /**
     * Makes the schema.
     *
     * @throws IllegalArgumentException where a name stands twice, there is no feature at all, or a
     *     shared table or the key of a rate does not fit
     */
    public FeatureSchema build() {
      return new FeatureSchema(context, candidate);
    }
  }
}
