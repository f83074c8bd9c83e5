package io.ranking4j.runtime.input;

import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the input matrix, which has one row for each impression:
 *
 * <pre>
 * | context embeddings | context dense | candidate embeddings | candidate dense |
 * </pre>
 *
 * <p>Each of the four parts follows the order of the schema; lists that are pooled by their
 * likeness to another feature come last, and among those of the candidate if the other feature is.
 * The dense columns of a side lie side by side both here and in {@link EncodedRows#dense()}, so
 * that they are copied in one piece. Immutable and safe to share.
 */
public final class InputLayout {
  private final List<EmbeddingField> embeddings;
  private final List<DenseField> dense;
  private final List<TableSpec> tables;
  private final Part context;
  private final Part candidate;

  /** The widths of one side. */
  private record Part(int embeddings, int dense) {
    static Part of(Side side, List<EmbeddingField> embeddings, List<DenseField> dense) {
      int embedded = 0;
      for (EmbeddingField field : embeddings) {
        embedded += field.part() == side ? field.width() : 0;
      }
      int numbers = 0;
      for (DenseField field : dense) {
        numbers += field.side() == side ? field.width() : 0;
      }
      return new Part(embedded, numbers);
    }

    int width() {
      return embeddings + dense;
    }
  }

  InputLayout(List<EmbeddingField> embeddings, List<DenseField> dense, List<TableSpec> tables) {
    this.embeddings = List.copyOf(embeddings);
    this.dense = List.copyOf(dense);
    this.tables = List.copyOf(tables);
    this.context = Part.of(Side.CONTEXT, embeddings, dense);
    this.candidate = Part.of(Side.CANDIDATE, embeddings, dense);
  }

  /** The features with embeddings, those of the context first. */
  public List<EmbeddingField> embeddings() {
    return embeddings;
  }

  /** The features with embeddings whose columns are in the part of one side. */
  public List<EmbeddingField> embeddings(Side side) {
    List<EmbeddingField> some = new ArrayList<>();
    for (EmbeddingField field : embeddings) {
      if (field.part() == side) {
        some.add(field);
      }
    }
    return List.copyOf(some);
  }

  /** The features that are numbers, those of the context first. */
  public List<DenseField> dense() {
    return dense;
  }

  /** The embedding tables. */
  public List<TableSpec> tables() {
    return tables;
  }

  /** The columns of the input. */
  public int width() {
    return context.width() + candidate.width();
  }

  /** The columns of the context, which come first. */
  public int contextWidth() {
    return context.width();
  }

  /** The columns of the candidate. */
  public int candidateWidth() {
    return candidate.width();
  }

  /** The dense columns of one side. */
  public int denseWidth(Side side) {
    return part(side).dense();
  }

  /** The dense columns of both sides. */
  public int denseWidth() {
    return context.dense() + candidate.dense();
  }

  /** The first dense column of one side in the input. */
  public int denseOffset(Side side) {
    return (side == Side.CONTEXT ? 0 : context.width()) + part(side).embeddings();
  }

  private Part part(Side side) {
    return side == Side.CONTEXT ? context : candidate;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true; // asked for every request
    }
    return other instanceof InputLayout that
        && embeddings.equals(that.embeddings)
        && dense.equals(that.dense)
        && tables.equals(that.tables);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * embeddings.hashCode() + dense.hashCode()) + tables.hashCode();
  }

  @Override
  public String toString() {
    return "InputLayout[embeddings=" + embeddings + ", dense=" + dense + ", tables=" + tables + "]";
  }
}
