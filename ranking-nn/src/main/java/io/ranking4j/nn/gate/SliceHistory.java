package io.ranking4j.nn.gate;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.List;

/**
 * The slices that a model and those before it learned from, as it remembers them in its provenance.
 * Slices that were refused are not among them. Immutable and safe to share.
 *
 * @param slices the oldest first
 */
public record SliceHistory(List<SliceProfile> slices) {
  /** How many slices are remembered: a month of days. */
  public static final int MAX_SLICES = 31;

  private static final String ENTRY = "train.slices";
  private static final int DEPTH = 8;

  /** Copies the list, of which the last {@link #MAX_SLICES} stay. */
  public SliceHistory {
    slices = List.copyOf(slices.subList(Math.max(0, slices.size() - MAX_SLICES), slices.size()));
  }

  /** With one slice more. */
  public SliceHistory and(SliceProfile slice) {
    List<SliceProfile> more = new ArrayList<>(slices);
    more.add(slice);
    return new SliceHistory(more);
  }

  /**
   * The history of a model; without slices where it has none.
   *
   * @throws ModelFileException where its entry is something else
   */
  public static SliceHistory of(Provenance provenance) {
    List<SliceProfile> slices = new ArrayList<>();
    String text = provenance.get(ENTRY).orElse("[]");
    try {
      for (Json slice : Json.read(text, DEPTH)) {
        slices.add(SliceProfile.fromJson(slice));
      }
    } catch (JsonException | IllegalStateException e) {
      throw new ModelFileException(
          "the entry '" + ENTRY + "' of a provenance is no history of slices: " + e.getMessage(),
          e);
    }
    return new SliceHistory(slices);
  }

  /** A model that remembers this history. */
  public RankingModel addTo(RankingModel model) {
    return model.withProvenance(ENTRY, toJson());
  }

  String toJson() {
    Json all = Json.array();
    slices.forEach(slice -> all.add(slice.toJson()));
    return all.toString();
  }
}
