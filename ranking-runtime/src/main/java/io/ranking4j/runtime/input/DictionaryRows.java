package io.ranking4j.runtime.input;

/**
 * Looks the codes of a column up, each distinct one once. Where the dictionary is much longer than
 * the column, as in a few rows picked from many, each code is looked up by itself instead.
 */
final class DictionaryRows {
  private final String[] dictionary;
  private final TableRows.Categories table;
  private final Utf8Key key;

  /** By code, its row plus 1, or 0 where it was not looked up yet. */
  private final int[] found;

  DictionaryRows(String[] dictionary, int uses, TableRows.Categories table, Utf8Key key) {
    this.dictionary = dictionary;
    this.table = table;
    this.key = key;
    this.found = new int[dictionary.length > 4L * uses ? 0 : dictionary.length];
  }

  int of(int code) {
    if (found.length == 0) {
      return table.row(key.clear().append(dictionary[code]));
    }
    if (found[code] == 0) {
      found[code] = table.row(key.clear().append(dictionary[code])) + 1;
    }
    return found[code] - 1;
  }
}
