package io.ranking4j.schema;

/** How the embeddings of a multi-valued feature become one. */
public enum Pooling {
  /** Their mean; zero for an empty list. */
  MEAN,
  /** Their sum; zero for an empty list. */
  SUM
}
