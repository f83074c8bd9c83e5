package io.ranking4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** What a column is read as. */
sealed interface ColumnKind {
  /** One category a row. */
  static ColumnKind category() {
    return new Category();
  }

  /** A list of categories a row. */
  static ColumnKind list() {
    return new CategoryList();
  }

  /** One number a row, any finite one. */
  static ColumnKind number() {
    return new Numeric(List.of());
  }

  /** One number a row that must be within a range. */
  static ColumnKind number(String range, DoublePredicate accepts) {
    return new Numeric(List.of(new Range(range, accepts)));
  }

  /** For messages. */
  String describe();

  /** What is read where both are needed, if that can be. */
  default Optional<ColumnKind> and(ColumnKind other) {
    return equals(other) ? Optional.of(this) : Optional.empty();
  }

  /** One category a row. */
  record Category() implements ColumnKind {
    @Override
    public String describe() {
      return "categories";
    }
  }

  /** A list of categories a row. */
  record CategoryList() implements ColumnKind {
    @Override
    public String describe() {
      return "lists of categories";
    }
  }

  /** A vector a row. */
  record Vector(int width) implements ColumnKind {
    /** Refuses widths below 1. */
    public Vector {
      if (width < 1) {
        throw new IllegalArgumentException("the width of a vector must be at least 1: " + width);
      }
    }

    @Override
    public String describe() {
      return "vectors of width " + width;
    }
  }

  /** One number a row, within all of the ranges. */
  record Numeric(List<Range> ranges) implements ColumnKind {
    @Override
    public String describe() {
      return "numbers";
    }

    @Override
    public Optional<ColumnKind> and(ColumnKind other) {
      if (!(other instanceof Numeric number)) {
        return Optional.empty();
      }
      List<Range> both = new ArrayList<>(ranges);
      both.addAll(number.ranges);
      return Optional.of(new Numeric(List.copyOf(both)));
    }
  }

  /** What a number must be. */
  record Range(String text, DoublePredicate accepts) {}
}
