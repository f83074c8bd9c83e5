package io.ranking4j.dataset;

/**
 * The values of one column, one a row. The arrays are shared, not copied: whoever makes a column
 * leaves them alone afterwards, and whoever reads one writes nothing into them.
 */
public sealed interface Column
    permits CategoricalColumn, ListColumn, NumericColumn, VectorColumn, RateColumn {
  /** How many rows there are. */
  int size();

  /** What it holds, for messages: {@code "categories"}, {@code "numbers"}. */
  String holds();

  /** The given rows, in that order; may share the values that they refer to. */
  Column select(int[] rows);
}
