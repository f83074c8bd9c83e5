package io.ranking4j.runtime.publish;

import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One model of a {@link ModelDirectory}. Its number is never given to another model, and its file
 * never changes, but may be gone once it is neither retained nor served. Immutable and safe to
 * share.
 *
 * @param number counts up from 1
 * @param file the model file
 * @param status what it was when the directory was read
 */
public record ModelVersion(long number, Path file, Status status) {
  private static final Pattern NAME = Pattern.compile("model-(\\d{6,18})\\.([A-Za-z0-9]{1,16})");
  private static final String MODEL = "r4j";

  /** What a version is to those who serve. */
  public enum Status {
    /** The one to serve. */
    CURRENT,
    /** One that was current before, and that a rollback may reach. */
    EARLIER,
    /** One that was rolled back, or whose publishing did not end. Nothing leads to it. */
    UNUSED
  }

  /** Reads the model; see {@link RankingModel#load(Path)}. */
  public RankingModel load() throws IOException {
    return RankingModel.load(file);
  }

  /** Reads where the model comes from; see {@link Provenance#read}. */
  public Provenance provenance() throws IOException {
    return Provenance.read(file);
  }

  /**
   * The file that was published together with the model under this extension, whether or not there
   * is one.
   */
  public Path beside(String extension) {
    return file.resolveSibling(name(number, extension));
  }

  /** The name of the model file: {@code model-000042.r4j}. */
  public String name() {
    return name(number, MODEL);
  }

  static String name(long number) {
    return name(number, MODEL);
  }

  static String name(long number, String extension) {
    String name = String.format(Locale.ROOT, "model-%06d.%s", number, extension);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an extension must be of 1 to 16 letters and digits, but was '" + extension + "'");
    }
    return name;
  }

  /** The number of the version that a file of that name belongs to, the model or another. */
  static OptionalLong number(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The number of the model in a file of that name; empty where it is of no model. */
  static OptionalLong modelNumber(String fileName) {
    OptionalLong number = number(fileName);
    return number.isPresent() && fileName.equals(name(number.getAsLong()))
        ? number
        : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return name();
  }
}
