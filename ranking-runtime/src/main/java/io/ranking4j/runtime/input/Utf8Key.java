package io.ranking4j.runtime.input;

import io.ranking4j.error.DataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value that is being looked up, as UTF-8 in a buffer that is used again and again, so that
 * neither strings nor numbers cost an allocation. Unpaired surrogates become question marks. Used
 * by one thread.
 */
final class Utf8Key {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Largest magnitude up to which every whole number is a double of its own. */
  private static final double MAX_INTEGRAL = 1L << 53;

  private byte[] bytes = new byte[64];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  Utf8Key clear() {
    length = 0;
    return this;
  }

  Utf8Key append(String value) {
    int count = value.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
      }
      bytes[length + i] = (byte) c;
    }
    length += count;
    return this;
  }

  /** Appends an ASCII character. */
  Utf8Key append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends decimal digits. */
  Utf8Key append(long value) {
    reserve(20);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
    } else {
      rest = -rest; // negative, because Long.MIN_VALUE has no positive
    }
    int digits = 1;
    for (long left = rest / 10; left != 0; left /= 10) {
      digits++;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /**
   * Appends the decimal digits of a whole number.
   *
   * @throws DataException where it is none
   */
  Utf8Key append(double value, String feature, Place place, int row) {
    if (value != Math.rint(value) || !(Math.abs(value) <= MAX_INTEGRAL)) {
      throw new DataException(
          "'"
              + feature
              + "' is a category, so its numbers must be whole and at most 2^53, but was "
              + value
              + " in "
              + place.of(row));
    }
    return append((long) value);
  }

  /** Sets this key to some of the given bytes. */
  void set(byte[] source, int from, int count) {
    clear();
    reserve(count);
    System.arraycopy(source, from, bytes, 0, count);
    length = count;
  }

  /**
   * A hash of the bytes, part of the model file's format: eight bytes at a time, little-endian, the
   * rest padded with zeros, each word xor-ed, multiplied and rotated in, with the final mix of
   * MurmurHash3 (Austin Appleby, public domain).
   */
  long hash() {
    return hash(bytes, 0, length);
  }

  /** The hash of some bytes. */
  static long hash(byte[] bytes, int from, int length) {
    long hash = length * MULTIPLIER;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, at));
    }
    if (at < end) {
      long word = 0;
      for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
        word |= (bytes[at] & 0xFFL) << shift;
      }
      hash = mix(hash, word);
    }
    hash ^= hash >>> 33;
    hash *= 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 33;
    hash *= 0xC4CEB9FE1A85EC53L;
    return hash ^ (hash >>> 33);
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * MULTIPLIER;
    return mixed ^ Long.rotateRight(mixed, 29);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
