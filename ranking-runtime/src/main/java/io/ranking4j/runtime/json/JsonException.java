package io.ranking4j.runtime.json;

/** A text is no JSON, or more than the limits allow. */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
