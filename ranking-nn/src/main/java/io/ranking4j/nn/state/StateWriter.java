package io.ranking4j.nn.state;

import io.ranking4j.runtime.file.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects the sections of a state, each under a name that is its own within its part. Arrays are
 * not copied: they are read when the sections are written. Used by one thread.
 */
public final class StateWriter {
  private final List<Section> sections;
  private final String prefix;

  /** Starts without sections. */
  public StateWriter() {
    this(new ArrayList<>(), "");
  }

  private StateWriter(List<Section> sections, String prefix) {
    this.sections = sections;
    this.prefix = prefix;
  }

  /** The sections of something that belongs to this; their names start with that of the part. */
  public StateWriter part(String name) {
    return new StateWriter(sections, prefix + name + "/");
  }

  /** A section of so many bytes. */
  public void bytes(String name, long count, Section.Body body) {
    sections.add(Section.of(prefix + name, count, body));
  }

  /** A section of floats. */
  public void floats(String name, float[] values) {
    sections.add(Section.floats(prefix + name, values));
  }

  /** A section of so many floats, which the body writes in one piece or several. */
  public void floats(String name, long count, Section.Body body) {
    sections.add(Section.floats(prefix + name, count, body));
  }

  /** A section of ints. */
  public void ints(String name, int[] values) {
    bytes(
        name,
        (long) values.length * Integer.BYTES,
        out -> {
          for (int value : values) {
            out.writeInt(value);
          }
        });
  }

  /** A section of longs. */
  public void longs(String name, long... values) {
    bytes(
        name,
        (long) values.length * Long.BYTES,
        out -> {
          for (long value : values) {
            out.writeLong(value);
          }
        });
  }

  /** A section of doubles. */
  public void doubles(String name, double... values) {
    bytes(
        name,
        (long) values.length * Double.BYTES,
        out -> {
          for (double value : values) {
            out.writeDouble(value);
          }
        });
  }

  /** All sections so far, those of all parts, in the order in which they came. */
  public List<Section> sections() {
    return Collections.unmodifiableList(sections);
  }
}
