package io.ranking4j.runtime.file;

import java.io.IOException;

/**
 * A named run of bytes of a model file, to be written. Its length is known before its content, so
 * that readers can check all sizes before they read anything. The content is asked for once, when
 * its turn comes, so that the sections of a file need not be in memory together.
 */
public final class Section {
  /** Most bytes of a name, in UTF-8. */
  public static final int MAX_NAME_BYTES = 1024;

  private final String name;
  private final long length;
  private final Body body;

  /** Writes the content of a section: exactly as many bytes as the section was declared with. */
  @FunctionalInterface
  public interface Body {
    /** Writes all of it. */
    void write(SectionOutput out) throws IOException;
  }

  private Section(String name, long length, Body body) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a section must not be empty");
    }
    if (length < 0) {
      throw new IllegalArgumentException(
          "the length of section '" + name + "' must be at least 0, but was " + length);
    }
    this.name = name;
    this.length = length;
    this.body = body;
  }

  /** A section of so many bytes. */
  public static Section of(String name, long bytes, Body body) {
    return new Section(name, bytes, body);
  }

  /** A section of so many floats, which the body writes in one piece or several. */
  public static Section floats(String name, long count, Body body) {
    return new Section(name, Math.multiplyExact(count, (long) Float.BYTES), body);
  }

  /** A section of these floats; the array is not copied. */
  public static Section floats(String name, float[] values) {
    return floats(name, values.length, out -> out.writeFloats(values, 0, values.length));
  }

  /** A section of these bytes; the array is not copied. */
  public static Section bytes(String name, byte[] values) {
    return of(name, values.length, out -> out.writeBytes(values, 0, values.length));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its length in bytes. */
  public long length() {
    return length;
  }

  Body body() {
    return body;
  }
}
