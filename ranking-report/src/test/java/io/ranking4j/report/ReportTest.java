package io.ranking4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Pattern SCRIPT = Pattern.compile("(?s)(<script[^>]*>)(.*?)</script>");
  private static final Pattern STYLE = Pattern.compile("(?s)(<style>)(.*?)</style>");

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  private static XyChart chart(String name) {
    return new XyChart(
        name,
        name,
        Axis.of(name),
        Axis.of(name),
        List.of(Series.points(name, List.of(Point.of(0, 1).withNote(name), Point.of(1, 2)))));
  }

  private static Report hostile() {
    Report.Builder report =
        Report.builder().title(HostileNames.ALL.get(0)).subtitle(HostileNames.ALL.get(2));
    for (String name : HostileNames.ALL) {
      report.section(
          Section.of(
              name,
              List.of(
                  new Paragraph(name),
                  new Facts(name, Map.of(name, name)),
                  new Table(name, List.of(name), List.of(List.of(Cell.of(name).with(name)))),
                  chart(name),
                  new CategoryChart(
                      name, name, List.of(name), Axis.of(name), List.of(Series.bars(name, 1.0))))));
    }
    return report.build();
  }

  /** The page as XML, its scripts and style without their content. */
  private static Document parsed(String html) throws Exception {
    String bare = SCRIPT.matcher(html).replaceAll("$1</script>");
    bare = STYLE.matcher(bare).replaceAll("$1</style>");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(bare.replace("<!DOCTYPE html>", ""))));
  }

  private static List<JsonElement> data(String html) {
    List<JsonElement> found = new ArrayList<>();
    Matcher scripts = SCRIPT.matcher(html);
    while (scripts.find()) {
      if (scripts.group(1).contains("application/json")) {
        found.add(JsonParser.parseString(scripts.group(2)));
      }
    }
    return found;
  }

  @Test
  void should_be_well_formed_and_keep_texts_when_names_are_hostile() throws Exception {
    String html = hostile().toHtml();
    Document page = parsed(html);
    // Two scripts of the page's own, and the data of two charts for each name.
    assertThat(page.getElementsByTagName("script").getLength())
        .isEqualTo(2 + 2 * HostileNames.ALL.size());
    assertThat(page.getElementsByTagName("img").getLength()).isZero();
    NodeList headings = page.getElementsByTagName("h2");
    assertThat(headings.getLength()).isEqualTo(HostileNames.ALL.size());
    for (int i = 0; i < 7; i++) {
      assertThat(headings.item(i).getTextContent()).isEqualTo(HostileNames.ALL.get(i));
    }
    List<JsonElement> charts = data(html);
    for (int i = 0; i < 7; i++) {
      assertThat(
              charts
                  .get(2 * i)
                  .getAsJsonObject()
                  .getAsJsonArray("series")
                  .get(0)
                  .getAsJsonObject()
                  .get("name")
                  .getAsString())
          .isEqualTo(HostileNames.ALL.get(i));
    }
  }

  @Test
  void should_let_no_text_out_of_its_place_when_names_are_hostile() {
    String html = hostile().toHtml();
    Matcher scripts = SCRIPT.matcher(html);
    int ends = 0;
    while (scripts.find()) {
      ends++;
      if (scripts.group(1).contains("json")) {
        assertThat(scripts.group(2)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
      }
    }
    assertThat(html.split("</script", -1)).hasSize(ends + 1);
    assertThat(html).doesNotContain("onerror='", "onmouseover=\"", "\u0000", "\u0007", "\uFFFF");
  }

  @Test
  void should_ask_the_network_for_nothing() {
    String html = hostile().toHtml();
    assertThat(html).contains("default-src 'none'");
    // Not in the chart library, which can load pictures but is given none.
    String bare = SCRIPT.matcher(html).replaceAll("");
    assertThat(bare).doesNotContain("<link", " src=\"", "@import", "url(", "unsafe-eval");
    assertThat(html).doesNotContain("script-src 'unsafe-inline'");
  }

  @Test
  void should_leave_out_sections_without_content() {
    String html =
        Report.builder()
            .title("t")
            .section(Section.of("empty", List.of()))
            .section(
                Section.of(
                    "no points",
                    List.of(
                        new XyChart(
                            "c",
                            "",
                            Axis.of("x"),
                            Axis.of("y"),
                            List.of(
                                Series.line("nan", List.of(Point.of(0, Double.NaN))),
                                Series.reference("line", List.of(Point.of(0, 0))))),
                        new Table("t", List.of("a"), List.of()),
                        new Facts("f", Map.of()))))
            .section(Section.of("shown", List.of(new Paragraph("here"))))
            .build()
            .toHtml();
    assertThat(html)
        .contains("<h2>shown</h2>")
        .doesNotContain("<h2>empty", "<h2>no points", "<nav");
  }

  @Test
  void should_show_the_data_of_a_chart_in_a_table() throws Exception {
    Document page =
        parsed(
            Report.builder()
                .title("t")
                .section(Section.of("s", List.of(chart("c"))))
                .build()
                .toHtml());
    NodeList rows = page.getElementsByTagName("tr");
    assertThat(rows.getLength()).isEqualTo(3);
    assertThat(rows.item(1).getTextContent()).isEqualTo("c01c");
    assertThat(page.getElementsByTagName("figcaption").getLength()).isOne();
  }

  @Test
  void should_stay_small_when_there_is_much_to_show() {
    Report report =
        SampleReports.full(
            List.of("a", "b"),
            List.of("click", "long_view", "profile", "like"),
            List.of("x", "y", "z"),
            3000);
    assertThat(report.toHtml().length()).isLessThan(2_500_000);
    assertThat(report.toHtml()).isEqualTo(report.toHtml());
  }

  @Test
  void should_replace_the_file_whole_when_written() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    Report report =
        Report.builder()
            .title("new")
            .created(Instant.EPOCH)
            .section(Section.of("s", List.of(new Paragraph("p"))))
            .build();
    report.write(file);
    assertThat(file).hasContent(report.toHtml());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void should_refuse_what_cannot_be_shown() {
    assertThatThrownBy(() -> Report.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a report must have a title, but none was set");
    assertThatThrownBy(() -> Point.of(Double.NaN, 1)).hasMessage("x must be finite, but was NaN");
    assertThatThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of(Cell.of(1)))))
        .hasMessage("a row must have 2 cells, as the header has, but has 1");
    assertThatThrownBy(() -> Axis.of("x").onLogScale().from(0))
        .hasMessage("min of a logarithmic axis must be above 0, but was 0.0");
    List<Point> many = new ArrayList<>();
    for (int i = 0; i <= Series.MAX_POINTS; i++) {
      many.add(Point.of(i, i));
    }
    assertThatThrownBy(() -> Series.line("long", many))
        .hasMessage("a series must have at most 5000 points, but 'long' has 5001: reduce it first");
  }
}
