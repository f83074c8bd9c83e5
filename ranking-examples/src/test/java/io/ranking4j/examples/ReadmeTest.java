package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows code that is compiled and run. */
class ReadmeTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final int MOST_LINES = 25;

  @Test
  void should_show_the_marked_part_of_the_example_when_it_shows_java() throws IOException {
    Path readme = MODULE.resolveSibling("README.md");
    Matcher block =
        Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
    assertThat(block.find()).as("a block of java in %s", readme).isTrue();
    assertThat(withoutSpaces(block.group(1))).isEqualTo(withoutSpaces(String.join("\n", marked())));
  }

  @Test
  void should_be_short_and_free_of_training_libraries_when_it_is_shown() throws IOException {
    List<String> marked = marked();
    assertThat(marked).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_LINES);
    assertThat(String.join("\n", marked)).doesNotContainIgnoringCase("nd4j");
  }

  private static List<String> marked() throws IOException {
    Path source = MODULE.resolve("src/main/java/io/ranking4j/examples/EmbedInAHost.java");
    List<String> lines = Files.readAllLines(source);
    int start = indexOf(lines, "// snippet:start");
    return lines.subList(start + 1, indexOf(lines, "// snippet:end"));
  }

  private static int indexOf(List<String> lines, String marker) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(marker)) {
        return i;
      }
    }
    throw new AssertionError("no line " + marker);
  }

  /** Line breaks and indents are the formatter's. */
  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }
}
