package io.ranking4j.runtime.input;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.file.SectionInput;
import io.ranking4j.runtime.file.SectionOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers strings in the order they are added. Strings lie one after the other in byte arrays, with
 * an open-addressing table over them: a fifth of the memory of a {@code HashMap} of strings, and
 * lookups without allocation. Filled by one thread, then safe to share.
 */
final class StringIndex {
  private static final int MAX_PAGE_BYTES = 1 << 20;
  private static final int MAX_SLOTS = 1 << 30;

  /** Most strings: three quarters of the largest table. */
  static final int MAX_SIZE = MAX_SLOTS / 4 * 3;

  /** The low half of the hash above the number plus 1; 0 where empty. */
  private long[] slots = new long[16];

  /** By number: the page above the place in it. */
  private long[] starts = new long[8];

  /** Strings, each behind its length in 7-bit groups, the lowest first. */
  private byte[][] pages = {new byte[64]};

  private int lastPage;
  private int lastPageUsed;
  private int size;
  private long stringBytes;

  int size() {
    return size;
  }

  /** The number of a string, or -1 where it was never added. */
  int find(Utf8Key key) {
    return find(key, (int) key.hash());
  }

  private int find(Utf8Key key, int hash) {
    int mask = slots.length - 1;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      long slot = slots[at];
      if (slot == 0) {
        return -1;
      }
      if ((int) (slot >>> 32) == hash && holds((int) slot - 1, key)) {
        return (int) slot - 1;
      }
    }
  }

  /** The number of a string, which is added where it is new. */
  int findOrAdd(Utf8Key key) {
    int hash = (int) key.hash();
    int found = find(key, hash);
    if (found >= 0) {
      return found;
    }
    if (size >= slots.length / 4 * 3) {
      grow();
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size + (size >> 1));
    }
    store(key);
    put(slots, ((long) hash << 32) | (size + 1));
    return size++;
  }

  private void store(Utf8Key key) {
    int length = key.length();
    int needed = 5 + length;
    if (pages[lastPage].length - lastPageUsed < needed) {
      int pageBytes = Math.max(needed, Math.min(MAX_PAGE_BYTES, pages[lastPage].length * 2));
      lastPage++;
      if (lastPage == pages.length) {
        pages = Arrays.copyOf(pages, lastPage * 2);
      }
      pages[lastPage] = new byte[pageBytes];
      lastPageUsed = 0;
    }
    byte[] page = pages[lastPage];
    starts[size] = ((long) lastPage << 32) | lastPageUsed;
    int rest = length;
    while (rest >= 0x80) {
      page[lastPageUsed++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    page[lastPageUsed++] = (byte) rest;
    System.arraycopy(key.bytes(), 0, page, lastPageUsed, length);
    lastPageUsed += length;
    stringBytes += length;
  }

  private void grow() {
    if (slots.length >= MAX_SLOTS) {
      throw new IllegalStateException("more than " + MAX_SIZE + " distinct values");
    }
    long[] larger = new long[slots.length * 2];
    for (long slot : slots) {
      if (slot != 0) {
        put(larger, slot);
      }
    }
    slots = larger;
  }

  private static void put(long[] slots, long slot) {
    int mask = slots.length - 1;
    int at = (int) (slot >>> 32) & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = slot;
  }

  /** Where a string of a page is; the way to read lengths in one place. */
  private static int lengthAt(byte[] page, int at) {
    int length = 0;
    int shift = 0;
    int from = at;
    while (page[from] < 0) {
      length |= (page[from++] & 0x7F) << shift;
      shift += 7;
    }
    return length | (page[from] << shift);
  }

  private static int lengthBytes(int length) {
    return length == 0 ? 1 : (31 - Integer.numberOfLeadingZeros(length)) / 7 + 1;
  }

  private boolean holds(int number, Utf8Key key) {
    byte[] page = pages[(int) (starts[number] >>> 32)];
    int at = (int) starts[number];
    int length = lengthAt(page, at);
    if (length != key.length()) {
      return false;
    }
    int from = at + lengthBytes(length);
    return Arrays.equals(page, from, from + length, key.bytes(), 0, length);
  }

  /** Compares two strings by their code points. */
  int compare(int left, int right) {
    byte[] leftPage = pages[(int) (starts[left] >>> 32)];
    byte[] rightPage = pages[(int) (starts[right] >>> 32)];
    int leftAt = (int) starts[left];
    int rightAt = (int) starts[right];
    int leftLength = lengthAt(leftPage, leftAt);
    int rightLength = lengthAt(rightPage, rightAt);
    leftAt += lengthBytes(leftLength);
    rightAt += lengthBytes(rightLength);
    return Arrays.compareUnsigned(
        leftPage, leftAt, leftAt + leftLength, rightPage, rightAt, rightAt + rightLength);
  }

  /** Sets a key to a string. */
  void get(int number, Utf8Key key) {
    byte[] page = pages[(int) (starts[number] >>> 32)];
    int at = (int) starts[number];
    int length = lengthAt(page, at);
    key.set(page, at + lengthBytes(length), length);
  }

  String get(int number) {
    byte[] page = pages[(int) (starts[number] >>> 32)];
    int at = (int) starts[number];
    int length = lengthAt(page, at);
    return new String(page, at + lengthBytes(length), length, StandardCharsets.UTF_8);
  }

  /** Length of the section that {@link #write} makes. */
  long sectionBytes() {
    return (long) size * Integer.BYTES + stringBytes;
  }

  /** Writes each string behind its length. */
  void write(SectionOutput out) throws IOException {
    for (int i = 0; i < size; i++) {
      byte[] page = pages[(int) (starts[i] >>> 32)];
      int at = (int) starts[i];
      int length = lengthAt(page, at);
      out.writeInt(length);
      out.writeBytes(page, at + lengthBytes(length), length);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param count how many strings there must be
   * @throws ModelFileException where there are others, or one stands twice
   */
  static StringIndex read(SectionInput in, String section, int count) throws IOException {
    if (count < 0 || count > MAX_SIZE || (long) count * Integer.BYTES > in.remaining()) {
      throw new ModelFileException(
          "section '"
              + section
              + "' of "
              + in.remaining()
              + " bytes cannot hold "
              + count
              + " strings");
    }
    StringIndex index = new StringIndex();
    index.starts = new long[Math.max(8, count)];
    int slotCount = 16;
    while (slotCount / 4 * 3 < count) {
      slotCount *= 2;
    }
    index.slots = new long[slotCount];
    Utf8Key key = new Utf8Key();
    for (int i = 0; i < count; i++) {
      int length = in.readInt();
      if (length < 0 || length > in.remaining()) {
        throw new ModelFileException(
            "string "
                + i
                + " of section '"
                + section
                + "' should have "
                + length
                + " bytes, but "
                + in.remaining()
                + " are left");
      }
      key.read(in, length);
      if (index.findOrAdd(key) != i) {
        throw new ModelFileException("section '" + section + "' has '" + key + "' twice");
      }
    }
    in.end();
    return index;
  }
}
