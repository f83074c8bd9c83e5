package io.ranking4j.report;

import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report that a person reads in a browser: one HTML file of its own, which asks the network for
 * nothing. It can be read on a phone and on a desk, in light and dark, and without seeing the
 * charts, each of which has a title, a summary and a table of its data. Immutable and safe to
 * share.
 *
 * <pre>{@code
 * Report.builder()
 *     .title("ResFlow on KuaiRand")
 *     .section(Section.of("Training", List.of(chart, table)))
 *     .build()
 *     .write(Path.of("report.html"));
 * }</pre>
 */
public final class Report {
  private final String title;
  private final String subtitle;
  private final Instant created;
  private final List<Section> sections;

  private Report(Builder builder, String title) {
    this.title = title;
    this.subtitle = builder.subtitle;
    this.created =
        builder.created == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : builder.created;
    this.sections = List.copyOf(builder.sections);
  }

  /** Returns a builder of a report, not safe to share between threads. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the heading of the page. */
  public String title() {
    return title;
  }

  /** Returns what stands beneath the heading; may be empty. */
  public String subtitle() {
    return subtitle;
  }

  /** Returns when the report was made. */
  public Instant created() {
    return created;
  }

  /** Returns the sections, those without blocks as well; unmodifiable. */
  public List<Section> sections() {
    return sections;
  }

  /** Returns the page. The same report gives the same page. */
  public String toHtml() {
    return new Page().render(this);
  }

  /**
   * Writes the page. The file is there whole or not at all: it is written under another name in the
   * same folder and renamed.
   *
   * @param file where to, replacing what is there
   * @throws IllegalArgumentException if the file is a folder's root
   * @throws IOException if writing fails; the file is then as it was
   */
  public void write(Path file) throws IOException {
    AtomicFile.writeString(file, toHtml());
  }

  /** Puts a report together. Not safe to share between threads. */
  public static final class Builder {
    private final List<Section> sections = new ArrayList<>();
    private @Nullable String title;
    private String subtitle = "";
    private @Nullable Instant created;

    private Builder() {}

    /** Sets the heading of the page; required. */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /** Sets what stands beneath the heading. */
    public Builder subtitle(String subtitle) {
      this.subtitle = subtitle;
      return this;
    }

    /** Sets when the report was made; now, where it is not called. */
    public Builder created(Instant created) {
      this.created = created;
      return this;
    }

    /** Adds a section beneath those that are there. */
    public Builder section(Section section) {
      sections.add(section);
      return this;
    }

    /** Adds sections beneath those that are there. */
    public Builder sections(List<? extends Section> sections) {
      this.sections.addAll(sections);
      return this;
    }

    /**
     * Returns the report.
     *
     * @throws IllegalStateException if there is no title
     */
    public Report build() {
      String heading = title;
      if (heading == null) {
        throw new IllegalStateException("a report must have a title, but none was set");
      }
      return new Report(this, heading);
    }
  }
}
