package io.ranking4j.report;

import io.ranking4j.evaluation.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Makes the page of a report; for one report. */
final class Page {
  private static final String CHART_LIBRARY = "echarts/echarts.min.js";
  private static final String SCRIPT = "report.js";
  private static final String STYLE = "report.css";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(1 << 20);
  private int charts;

  String render(Report report) {
    List<Section> sections = new ArrayList<>();
    List<List<Block>> blocks = new ArrayList<>();
    for (Section section : report.sections()) {
      List<Block> shown = section.blocks().stream().filter(Page::hasContent).toList();
      if (!shown.isEmpty()) {
        sections.add(section);
        blocks.add(shown);
      }
    }
    String library = resource(CHART_LIBRARY);
    String script = resource(SCRIPT);
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n");
    head(report, library, script);
    out.append("<body>\n");
    header(report);
    navigation(sections);
    out.append("<main>\n");
    for (int i = 0; i < sections.size(); i++) {
      out.append("<section id=\"s").append(i + 1).append("\">\n");
      element("h2", sections.get(i).title());
      blocks(blocks.get(i));
      out.append("</section>\n");
    }
    out.append("</main>\n");
    out.append("<script>").append(library).append("</script>\n");
    out.append("<script>").append(script).append("</script>\n");
    out.append("</body>\n</html>\n");
    return out.toString();
  }

  private static boolean hasContent(Block block) {
    if (block instanceof XyChart chart) {
      return hasPoints(chart.series());
    }
    if (block instanceof CategoryChart chart) {
      return hasPoints(chart.series());
    }
    if (block instanceof Table table) {
      return !table.rows().isEmpty();
    }
    if (block instanceof Facts facts) {
      return !facts.entries().isEmpty();
    }
    return true;
  }

  /** What there is to compare with is nothing to show by itself. */
  private static boolean hasPoints(List<Series> series) {
    return series.stream()
        .filter(one -> one.mark() != Mark.REFERENCE)
        .flatMap(one -> one.points().stream())
        .anyMatch(point -> !Double.isNaN(point.y()));
  }

  /** The policy lets this page's own two scripts run, and nothing else, nor anything be loaded. */
  private void head(Report report, String library, String script) {
    out.append("<head>\n<meta charset=\"utf-8\"/>\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'; script-src '")
        .append(hash(library))
        .append("' '")
        .append(hash(script))
        .append("'; base-uri 'none'; form-action 'none'\"/>\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    element("title", report.title());
    out.append("<style>\n").append(resource(STYLE)).append("</style>\n</head>\n");
  }

  private void header(Report report) {
    out.append("<header>\n<div>\n");
    element("h1", report.title());
    if (!report.subtitle().isEmpty()) {
      element("p", report.subtitle());
    }
    out.append("<p class=\"muted\">Made ")
        .append("<time datetime=\"")
        .append(report.created())
        .append("\">")
        .append(DATE.format(report.created()))
        .append("</time></p>\n</div>\n");
    out.append(
        "<button type=\"button\" id=\"theme\" hidden=\"hidden\">Theme</button>\n</header>\n");
    out.append("<noscript><p class=\"notice\">The charts need JavaScript; without it their data ")
        .append("are in the tables.</p></noscript>\n");
  }

  private void navigation(List<Section> sections) {
    if (sections.size() < 2) {
      return;
    }
    out.append("<nav aria-label=\"Sections\"><ul>\n");
    for (int i = 0; i < sections.size(); i++) {
      out.append("<li><a href=\"#s").append(i + 1).append("\">");
      out.append(Html.escape(sections.get(i).title())).append("</a></li>\n");
    }
    out.append("</ul></nav>\n");
  }

  private void blocks(List<Block> blocks) {
    boolean inGrid = false;
    for (Block block : blocks) {
      boolean chart = block instanceof XyChart || block instanceof CategoryChart;
      if (chart != inGrid) {
        out.append(chart ? "<div class=\"charts\">\n" : "</div>\n");
        inGrid = chart;
      }
      block(block);
    }
    if (inGrid) {
      out.append("</div>\n");
    }
  }

  private void block(Block block) {
    if (block instanceof Paragraph paragraph) {
      element("p", paragraph.text());
    } else if (block instanceof Facts facts) {
      facts(facts);
    } else if (block instanceof Table table) {
      element("h3", table.title());
      table(table.header(), table.rows());
    } else if (block instanceof XyChart chart) {
      figure(chart.title(), chart.summary(), ChartJson.of(chart), 0);
      data(
          List.of("Series", chart.x().label(), chart.y().label()),
          chart.series(),
          point -> Cell.of(point.x()));
      out.append("</figure>\n");
    } else if (block instanceof CategoryChart chart) {
      figure(chart.title(), chart.summary(), ChartJson.of(chart), chart.categories().size());
      data(
          List.of("Series", "Category", chart.values().label()),
          chart.series(),
          point -> Cell.of(chart.categories().get((int) point.x())));
      out.append("</figure>\n");
    }
  }

  private void facts(Facts facts) {
    element("h3", facts.title());
    out.append("<dl>\n");
    facts
        .entries()
        .forEach(
            (name, text) -> {
              out.append("<div>");
              element("dt", name);
              element("dd", text);
              out.append("</div>\n");
            });
    out.append("</dl>\n");
  }

  private void figure(String title, String summary, String json, int categories) {
    charts++;
    out.append("<figure>\n<figcaption>");
    element("h3", title);
    if (!summary.isEmpty()) {
      out.append("<p id=\"c").append(charts).append("-summary\">");
      out.append(Html.escape(summary)).append("</p>\n");
    }
    out.append("</figcaption>\n<div class=\"plot\" id=\"c").append(charts);
    out.append("\" data-categories=\"").append(categories).append("\" data-title=\"");
    out.append(Html.escape(title)).append("\"></div>\n");
    out.append("<script type=\"application/json\" id=\"c").append(charts).append("-data\">");
    out.append(json).append("</script>\n");
  }

  private interface Place {
    Cell of(Point point);
  }

  private void data(List<String> header, List<Series> series, Place place) {
    boolean intervals = has(series, point -> point.interval() != null);
    boolean notes = has(series, point -> !point.note().isEmpty());
    List<String> columns = new ArrayList<>(header);
    if (intervals) {
      columns.addAll(List.of("Lower", "Upper"));
    }
    if (notes) {
      columns.add("Note");
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Series one : series) {
      for (Point point : one.points()) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(one.name()));
        row.add(place.of(point));
        row.add(Cell.of(point.y()));
        if (intervals) {
          Interval interval = point.interval();
          row.add(interval == null ? Cell.of("") : Cell.of(interval.lower()));
          row.add(interval == null ? Cell.of("") : Cell.of(interval.upper()));
        }
        if (notes) {
          row.add(Cell.of(point.note()));
        }
        rows.add(row);
      }
    }
    out.append("<details><summary>Data of this chart: ").append(Numbers.format(rows.size()));
    out.append(rows.size() == 1 ? " point" : " points").append("</summary>\n");
    table(columns, rows);
    out.append("</details>\n");
  }

  private interface Has {
    boolean test(Point point);
  }

  private static boolean has(List<Series> series, Has what) {
    return series.stream().flatMap(one -> one.points().stream()).anyMatch(what::test);
  }

  private void table(List<String> header, List<List<Cell>> rows) {
    out.append("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
    for (int column = 0; column < header.size(); column++) {
      int index = column;
      boolean numbers =
          !rows.isEmpty()
              && rows.stream()
                  .noneMatch(
                      row ->
                          row.get(index).kind() == Cell.Kind.TEXT
                              && !row.get(index).text().isEmpty());
      out.append(numbers ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
      out.append(Html.escape(header.get(column))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : rows) {
      out.append("<tr>");
      for (int column = 0; column < row.size(); column++) {
        cell(row.get(column), column == 0);
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private void cell(Cell cell, boolean first) {
    String style =
        switch (cell.kind()) {
          case TEXT -> "";
          case NUMBER -> " class=\"number\"";
          case GAIN -> " class=\"number gain\"";
          case LOSS -> " class=\"number loss\"";
        };
    out.append(first ? "<th scope=\"row\"" : "<td").append(style).append('>');
    out.append(Html.escape(cell.text()));
    if (!cell.detail().isEmpty()) {
      out.append("<small>").append(Html.escape(cell.detail())).append("</small>");
    }
    out.append(first ? "</th>" : "</td>");
  }

  private void element(String name, String text) {
    out.append('<').append(name).append('>').append(Html.escape(text));
    out.append("</").append(name).append(">\n");
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar of ranking-report must hold " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name + " out of the jar failed", e);
    }
  }
}
