package io.ranking4j.report;

import java.util.List;

/** Names that would do harm where they are not escaped. */
final class HostileNames {
  static final List<String> ALL =
      List.of(
          "</script><script>window.hacked = 1</script>",
          "<!--<script>",
          "<img src=x onerror='window.hacked = 1'>",
          "\" onmouseover=\"window.hacked = 1",
          "' style='display:none",
          "&lt;b&gt; & &amp;",
          "]]> \\u003c \\ \n new line \t tab",
          "\u2028\u2029\u0000\u0007\uD800 broken \uFFFF",
          "\u202E turned round",
          "javascript:window.hacked=1",
          "{b}{c}{@value} ${x} #{y}",
          "x".repeat(400));

  private HostileNames() {}
}
