package io.ranking4j.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Writes little-endian to a channel by way of a buffer, and sums up all that passes. */
final class ChecksummedOutput {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final Checksums checksum = Checksums.of(Format.VERSION);
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  ChecksummedOutput(FileChannel channel) {
    this.channel = channel;
  }

  /** How many bytes were written so far. */
  long position() {
    return position;
  }

  void writeInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
    position += Integer.BYTES;
  }

  void writeLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
    position += Long.BYTES;
  }

  void writeBytes(byte[] values, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, room(1).remaining());
      buffer.put(values, from + done, now);
      done += now;
    }
    position += count;
  }

  void writeFloats(float[] values, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, room(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(values, from + done, now);
      buffer.position(buffer.position() + now * Float.BYTES);
      done += now;
    }
    position += (long) count * Float.BYTES;
  }

  /** Writes zeros up to the next multiple of {@code alignment}. */
  void align(int alignment) throws IOException {
    while (position % alignment != 0) {
      room(1).put((byte) 0);
      position++;
    }
  }

  /** Writes the checksum of all before it, and hands everything to the channel. */
  void finish() throws IOException {
    flush();
    ByteBuffer sum = ByteBuffer.wrap(checksum.value());
    while (sum.hasRemaining()) {
      channel.write(sum);
    }
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
