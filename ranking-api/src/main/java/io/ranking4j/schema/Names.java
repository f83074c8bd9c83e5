package io.ranking4j.schema;

/** The one rule for names. */
final class Names {
  private Names() {}

  static String check(String kind, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a " + kind + " must not be blank");
    }
    return name;
  }
}
