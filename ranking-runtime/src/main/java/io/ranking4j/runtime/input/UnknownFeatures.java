package io.ranking4j.runtime.input;

/** What happens to a value of a request whose name no feature and no key of a rate has. */
public enum UnknownFeatures {
  /** The request is refused: a misspelt name would otherwise be a missing value. The default. */
  REFUSE,
  /** The value is not looked at. */
  IGNORE
}
