package io.ranking4j.runtime.file;

import java.io.IOException;

/**
 * Takes the content of one section, little-endian. Used by one thread, only while the section is
 * written.
 */
public final class SectionOutput {
  private final ChecksummedOutput out;
  private final String name;
  private final long length;
  private long remaining;

  SectionOutput(ChecksummedOutput out, String name, long length) {
    this.out = out;
    this.name = name;
    this.length = length;
    this.remaining = length;
  }

  /** Writes an int. */
  public void writeInt(int value) throws IOException {
    take(Integer.BYTES);
    out.writeInt(value);
  }

  /** Writes a long. */
  public void writeLong(long value) throws IOException {
    take(Long.BYTES);
    out.writeLong(value);
  }

  /** Writes a double, bit for bit. */
  public void writeDouble(double value) throws IOException {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** Writes {@code count} bytes from {@code from} on. */
  public void writeBytes(byte[] values, int from, int count) throws IOException {
    take(count);
    out.writeBytes(values, from, count);
  }

  /** Writes {@code count} floats from {@code from} on, bit for bit. */
  public void writeFloats(float[] values, int from, int count) throws IOException {
    take((long) count * Float.BYTES);
    out.writeFloats(values, from, count);
  }

  private void take(long bytes) {
    if (bytes > remaining) {
      throw new IllegalStateException(
          "section '"
              + name
              + "' was declared with "
              + length
              + " bytes, but "
              + (length - remaining + bytes)
              + " are written");
    }
    remaining -= bytes;
  }

  void finish() {
    if (remaining != 0) {
      throw new IllegalStateException(
          "section '"
              + name
              + "' was declared with "
              + length
              + " bytes, but only "
              + (length - remaining)
              + " were written");
    }
  }
}
