package io.ranking4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser; the pictures it takes are in target/screenshots, to be looked at. */
class BrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static @Nullable Chromium started;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  static Path folder;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> executable = Chromium.find();
    Assumptions.assumeTrue(
        executable.isPresent(), "no Chromium on the path: the page is not tried in a browser");
    started = Chromium.start(executable.orElseThrow());
  }

  @AfterAll
  static void stop() throws Exception {
    Chromium browser = started;
    if (browser != null) {
      browser.close();
    }
  }

  private static Chromium browser() {
    Chromium browser = started;
    if (browser == null) {
      throw new IllegalStateException("the browser was not started");
    }
    return browser;
  }

  /** Writes a report where no test before has. */
  private static Path written(String name, Supplier<Report> report) throws IOException {
    Path file = folder.resolve(name + ".html");
    if (!Files.exists(file)) {
      report.get().write(file);
    }
    return file;
  }

  private static Report full() {
    return SampleReports.full(
        List.of("resflow", "shared-bottom"),
        List.of("is_click", "long_view", "is_profile_enter", "is_like"),
        List.of("tab 0", "tab 1", "a segment with a rather long name", "tab 4"),
        5_000);
  }

  private static Report single() {
    return SampleReports.full(
        List.of("resflow"), List.of("is_click", "is_like"), List.of("only"), 2_000);
  }

  private static Report hostile() {
    return SampleReports.full(
        HostileNames.ALL.subList(0, 2),
        HostileNames.ALL.subList(2, 4),
        HostileNames.ALL.subList(4, HostileNames.ALL.size()),
        3_000);
  }

  /** What is wrong with the drawing, by a script that looks at the page. */
  private static List<String> faults() throws Exception {
    String script;
    try (InputStream in = BrowserTest.class.getResourceAsStream("faults.js")) {
      if (in == null) {
        throw new IllegalStateException("faults.js is not there");
      }
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return browser().evaluate(script).getAsJsonArray().asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  private static void check(Path file) throws Exception {
    assertThat(browser().errors()).as("errors of the console").isEmpty();
    assertThat(browser().requests()).as("requests").containsExactly(file.toUri().toString());
    assertThat(faults()).as("faults of the drawing").isEmpty();
    assertThat(browser().evaluate("document.querySelectorAll('.plot').length").getAsInt())
        .isGreaterThan(10);
    assertThat(browser().evaluate("window.hacked === undefined").getAsBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"360,false", "390,false", "390,true", "1280,false", "1280,true"})
  void should_draw_everything_apart_when_shown_at_a_width(int width, boolean dark)
      throws Exception {
    Path file = written("full", BrowserTest::full);
    browser().show(file, width, dark);
    browser()
        .screenshot(SCREENSHOTS.resolve("full-" + width + (dark ? "-dark" : "-light") + ".png"));
    check(file);
  }

  @ParameterizedTest
  @CsvSource({"390,false", "1280,true"})
  void should_draw_one_model_alone(int width, boolean dark) throws Exception {
    Path file = written("single", BrowserTest::single);
    browser().show(file, width, dark);
    browser()
        .screenshot(SCREENSHOTS.resolve("single-" + width + (dark ? "-dark" : "-light") + ".png"));
    check(file);
  }

  @ParameterizedTest
  @CsvSource({"360,true", "1280,false"})
  void should_show_names_as_they_are_when_they_are_hostile(int width, boolean dark)
      throws Exception {
    Path file = written("hostile", BrowserTest::hostile);
    browser().show(file, width, dark);
    browser()
        .screenshot(SCREENSHOTS.resolve("hostile-" + width + (dark ? "-dark" : "-light") + ".png"));
    check(file);
    assertThat(browser().evaluate("document.querySelector('h2 + *') !== null").getAsBoolean())
        .isTrue();
  }

  @Test
  void should_change_colours_when_the_theme_is_chosen() throws Exception {
    browser().show(written("single", BrowserTest::single), 800, false);
    String light = background();
    press("light");
    assertThat(background()).isEqualTo(light);
    press("dark");
    assertThat(background()).isNotEqualTo(light);
    assertThat(faults()).isEmpty();
    press("auto");
    assertThat(background()).isEqualTo(light);
  }

  private static void press(String expected) throws Exception {
    browser().evaluate("document.getElementById('theme').click()");
    browser().settle();
    assertThat(browser().evaluate("document.getElementById('theme').textContent").getAsString())
        .isEqualTo("Theme: " + expected);
  }

  private static String background() throws Exception {
    return browser().evaluate("getComputedStyle(document.body).backgroundColor").getAsString();
  }

  @Test
  void should_hide_a_series_when_its_name_is_pressed() throws Exception {
    browser().show(written("single", BrowserTest::single), 800, false);
    String marks = "document.querySelectorAll('#c1 svg path').length";
    int before = browser().evaluate(marks).getAsInt();
    browser().evaluate("document.querySelector('.legend button').click()");
    browser().settle();
    assertThat(browser().evaluate(marks).getAsInt()).isLessThan(before);
    assertThat(
            browser()
                .evaluate("document.querySelector('.legend button').getAttribute('aria-pressed')")
                .getAsString())
        .isEqualTo("false");
    assertThat(browser().errors()).isEmpty();
  }

  @Test
  void should_say_what_a_point_is_when_it_is_touched() throws Exception {
    Path file = written("single", BrowserTest::single);
    browser().show(file, 800, false);
    String place =
        "document.querySelector('#c1 svg path[fill=\"' + getComputedStyle(document.documentElement)"
            + ".getPropertyValue('--c0').trim() + '\"]').getBoundingClientRect()";
    double x = browser().evaluate(place + ".x").getAsDouble();
    double y = browser().evaluate(place + ".y").getAsDouble();
    browser().moveTo(x, y);
    browser().moveTo(x + 4, y + 4);
    browser()
        .evaluate(
            """
            new Promise(done => {
              const look = (left) =>
                document.querySelector('.tip') || left === 0 ? done(1) : requestAnimationFrame(() => look(left - 1));
              look(600);
            })
            """);
    assertThat(browser().evaluate("document.querySelector('.tip').textContent").getAsString())
        .contains("Epoch", "resflow");
  }

  @Test
  void should_be_readable_without_seeing_the_charts() throws Exception {
    browser().show(written("single", BrowserTest::single), 800, false);
    assertThat(
            browser()
                .evaluate(
                    "[...document.querySelectorAll('.plot')].every(p => p.getAttribute('role') ==="
                        + " 'img' && p.getAttribute('aria-label') && document.getElementById("
                        + "p.getAttribute('aria-describedby')).textContent.length > 10)")
                .getAsBoolean())
        .isTrue();
    assertThat(
            browser()
                .evaluate(
                    "[...document.querySelectorAll('figure')].every(f => f.querySelectorAll("
                        + "'details tbody tr').length > 0)")
                .getAsBoolean())
        .isTrue();
  }
}
