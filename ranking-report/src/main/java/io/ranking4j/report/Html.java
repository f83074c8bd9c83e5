package io.ranking4j.report;

/** Texts within HTML. */
final class Html {
  private static final char REPLACEMENT = '\uFFFD';

  private Html() {}

  /**
   * Returns a text that means itself in HTML, between tags and in quoted attributes. Characters
   * that HTML forbids and halves of surrogate pairs become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            out.append(isForbidden(c) ? REPLACEMENT : c);
          }
        }
      }
    }
    return out.toString();
  }

  private static boolean isForbidden(char c) {
    boolean control = c < ' ' && c != '\t' && c != '\n';
    boolean otherControl = c >= 0x7F && c < 0xA0;
    return control || otherControl || Character.isSurrogate(c) || c >= 0xFFFE;
  }
}
