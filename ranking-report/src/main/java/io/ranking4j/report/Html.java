package io.ranking4j.report;

/** Texts within HTML. */
final class Html {
  private static final int REPLACEMENT = '\uFFFD';

  private Html() {}

  /** Returns a text that means itself in HTML, between tags and in quoted attributes. */
  static String escape(String text) {
    return clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Returns a text in which characters that HTML forbids, and halves of pairs, are U+FFFD. */
  static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isForbidden(c) ? REPLACEMENT : c));
    return out.toString();
  }

  private static boolean isForbidden(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n';
    boolean otherControl = c >= 0x7F && c < 0xA0;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean noCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return control || otherControl || half || noCharacter;
  }
}
