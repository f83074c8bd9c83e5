package io.ranking4j.dataset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of categories a row, as codes into a dictionary. A row without a list has an empty one.
 *
 * @param offsets by row, where its codes start; one longer than there are rows
 * @param codes the places in the dictionary
 * @param dictionary the categories, each once
 */
public record ListColumn(int[] offsets, int[] codes, String[] dictionary) implements Column {
  /** Refuses offsets that do not fit. */
  public ListColumn {
    if (offsets.length == 0 || offsets[0] < 0 || offsets[offsets.length - 1] > codes.length) {
      throw new IllegalArgumentException(
          "offsets must have one entry more than there are rows and lie within the "
              + codes.length
              + " codes");
    }
    for (int row = 1; row < offsets.length; row++) {
      if (offsets[row] < offsets[row - 1]) {
        throw new IllegalArgumentException(
            "offsets must not decrease, but entry "
                + row
                + " is "
                + offsets[row]
                + " after "
                + offsets[row - 1]);
      }
    }
  }

  /** Codes the lists. */
  public static ListColumn of(List<List<String>> values) {
    Map<String, Integer> codeOf = new HashMap<>();
    int[] offsets = new int[values.size() + 1];
    int[] codes = new int[values.stream().mapToInt(List::size).sum()];
    int at = 0;
    for (int row = 0; row < values.size(); row++) {
      for (String value : values.get(row)) {
        codes[at++] = codeOf.computeIfAbsent(value, v -> codeOf.size());
      }
      offsets[row + 1] = at;
    }
    String[] dictionary = new String[codeOf.size()];
    codeOf.forEach((value, code) -> dictionary[code] = value);
    return new ListColumn(offsets, codes, dictionary);
  }

  @Override
  public int size() {
    return offsets.length - 1;
  }

  @Override
  public String holds() {
    return "lists of categories";
  }

  @Override
  public ListColumn select(int[] rows) {
    int[] newOffsets = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      newOffsets[i + 1] = newOffsets[i] + offsets[rows[i] + 1] - offsets[rows[i]];
    }
    int[] newCodes = new int[newOffsets[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      int length = newOffsets[i + 1] - newOffsets[i];
      System.arraycopy(codes, offsets[rows[i]], newCodes, newOffsets[i], length);
    }
    return new ListColumn(newOffsets, newCodes, dictionary);
  }

  /** The categories of a row. */
  public List<String> get(int row) {
    return Arrays.stream(codes, offsets[row], offsets[row + 1])
        .mapToObj(code -> dictionary[code])
        .toList();
  }
}
