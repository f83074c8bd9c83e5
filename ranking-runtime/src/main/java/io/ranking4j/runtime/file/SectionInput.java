package io.ranking4j.runtime.file;

import io.ranking4j.error.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Reads one section from its start, little-endian. Used by one thread; several may read the same
 * section at once. Reading beyond the section's end is a {@link ModelFileException}.
 */
public final class SectionInput {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final String name;
  private final long length;
  private final ByteBuffer buffer;
  private long position;
  private long unbuffered;

  SectionInput(FileChannel channel, String name, long offset, long length) {
    this.channel = channel;
    this.name = name;
    this.length = length;
    this.position = offset;
    this.unbuffered = length;
    this.buffer =
        ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length)).order(ByteOrder.LITTLE_ENDIAN);
    this.buffer.limit(0);
  }

  /** How many bytes are left. */
  public long remaining() {
    return unbuffered + buffer.remaining();
  }

  /** Reads an int. */
  public int readInt() throws IOException {
    return have(Integer.BYTES).getInt();
  }

  /** Reads a long. */
  public long readLong() throws IOException {
    return have(Long.BYTES).getLong();
  }

  /** Reads a double, bit for bit. */
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  /** Reads {@code count} bytes into {@code target} from {@code to} on. */
  public void readBytes(byte[] target, int to, int count) throws IOException {
    need(count);
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, have(1).remaining());
      buffer.get(target, to + done, now);
      done += now;
    }
  }

  /** Reads {@code count} floats into {@code target} from {@code to} on, bit for bit. */
  public void readFloats(float[] target, int to, int count) throws IOException {
    need((long) count * Float.BYTES);
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, have(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().get(target, to + done, now);
      buffer.position(buffer.position() + now * Float.BYTES);
      done += now;
    }
  }

  /**
   * Checks that all of the section was read.
   *
   * @throws ModelFileException where something is left
   */
  public void end() {
    if (remaining() != 0) {
      throw new ModelFileException(
          "section '"
              + name
              + "' has "
              + length
              + " bytes, but only "
              + (length - remaining())
              + " were expected");
    }
  }

  private void need(long bytes) {
    if (bytes < 0 || bytes > remaining()) {
      throw new ModelFileException(
          "section '"
              + name
              + "' has "
              + length
              + " bytes, but at least "
              + (length - remaining() + Math.max(0, bytes))
              + " were expected");
    }
  }

  private ByteBuffer have(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      need(bytes);
      buffer.compact();
      int limit = (int) Math.min(buffer.capacity(), buffer.position() + unbuffered);
      buffer.limit(limit);
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, position);
        if (read < 0) {
          throw new ModelFileException("the file of section '" + name + "' became shorter");
        }
        position += read;
        unbuffered -= read;
      }
      buffer.flip();
    }
    return buffer;
  }
}
