package io.ranking4j.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One category a row, as a code into a dictionary.
 *
 * @param codes by row, the place in the dictionary, or -1 where the value is missing
 * @param dictionary the categories, each once
 */
public record CategoricalColumn(int[] codes, String[] dictionary) implements Column {
  /** The code of a missing value. */
  public static final int MISSING = -1;

  /** Codes the values, null where one is missing. */
  public static CategoricalColumn of(List<@Nullable String> values) {
    Map<String, Integer> codeOf = new HashMap<>();
    int[] codes = new int[values.size()];
    for (int i = 0; i < codes.length; i++) {
      String value = values.get(i);
      codes[i] = value == null ? MISSING : codeOf.computeIfAbsent(value, v -> codeOf.size());
    }
    String[] dictionary = new String[codeOf.size()];
    codeOf.forEach((value, code) -> dictionary[code] = value);
    return new CategoricalColumn(codes, dictionary);
  }

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public String holds() {
    return "categories";
  }

  /** The category of a row, or null where it is missing. */
  public @Nullable String get(int row) {
    return codes[row] == MISSING ? null : dictionary[codes[row]];
  }

  @Override
  public CategoricalColumn select(int[] rows) {
    int[] selected = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = codes[rows[i]];
    }
    return new CategoricalColumn(selected, dictionary);
  }
}
