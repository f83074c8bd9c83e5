package io.ranking4j.nn.state;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.SectionInput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads the sections of a state, as {@link StateWriter} names them. All methods throw a {@link
 * ModelFileException} where there is no such section or it has another length, and an {@link
 * UncheckedIOException} where it cannot be read. Used by one thread, while the file is open.
 */
public final class StateReader {
  private final ModelFileReader file;
  private final String prefix;

  /** Reads what lies in a file; closing that is the caller's. */
  public StateReader(ModelFileReader file) {
    this(file, "");
  }

  private StateReader(ModelFileReader file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /** Reads the content of a section. */
  @FunctionalInterface
  public interface Body {
    /** Reads all of it. */
    void read(SectionInput in) throws IOException;
  }

  /** The sections of a part. */
  public StateReader part(String name) {
    return new StateReader(file, prefix + name + "/");
  }

  /** Whether there is such a section. */
  public boolean has(String name) {
    return file.sections().contains(prefix + name);
  }

  /** Reads a section, to its end. */
  public void bytes(String name, Body body) {
    try {
      SectionInput in = file.read(prefix + name);
      body.read(in);
      in.end();
    } catch (IOException e) {
      throw new UncheckedIOException("the state '" + prefix + name + "' cannot be read", e);
    }
  }

  /** Reads as many floats as fit into an array. */
  public void floats(String name, float[] target) {
    bytes(name, in -> in.readFloats(target, 0, target.length));
  }

  /** Reads all floats of a section. */
  public float[] floats(String name) {
    float[] values = new float[count(name, Float.BYTES)];
    floats(name, values);
    return values;
  }

  /** Reads as many ints as fit into an array. */
  public void ints(String name, int[] target) {
    bytes(
        name,
        in -> {
          for (int i = 0; i < target.length; i++) {
            target[i] = in.readInt();
          }
        });
  }

  /** Reads so many longs. */
  public long[] longs(String name, int count) {
    long[] values = new long[count];
    bytes(
        name,
        in -> {
          for (int i = 0; i < count; i++) {
            values[i] = in.readLong();
          }
        });
    return values;
  }

  /** Reads a section of one long. */
  public long number(String name) {
    return longs(name, 1)[0];
  }

  /** Reads so many doubles. */
  public double[] doubles(String name, int count) {
    double[] values = new double[count];
    bytes(
        name,
        in -> {
          for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
          }
        });
    return values;
  }

  private int count(String name, int bytesOfEach) {
    long count = file.length(prefix + name) / bytesOfEach;
    if (count > Integer.MAX_VALUE) {
      throw new ModelFileException(
          "section '" + prefix + name + "' has more numbers than an array holds: " + count);
    }
    return (int) count;
  }
}
