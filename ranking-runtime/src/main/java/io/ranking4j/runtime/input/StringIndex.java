package io.ranking4j.runtime.input;

import io.ranking4j.error.DataException;
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
  /** Bits of a string's place in its page, which is even. */
  private static final int PLACE_BITS = 20;

  private static final int MAX_PAGE_BYTES = 2 << PLACE_BITS;
  private static final int MAX_PAGES = 1 << (Integer.SIZE - PLACE_BITS);
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int MAX_SLOTS = 1 << 30;

  /** Most strings: three quarters of the largest table. */
  static final int MAX_SIZE = MAX_SLOTS / 4 * 3;

  /** The number plus 1, and above it as much of the hash as there is room for; 0 where empty. */
  private int[] slots = new int[16];

  /** By number: the page above half the place in it. */
  private int[] starts = new int[8];

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
    return find(key.bytes(), 0, key.length(), (int) key.hash());
  }

  private int find(byte[] bytes, int from, int length, int hash) {
    // Of the hash's bits the low ones are where it is looked for, so the others tell more.
    int mask = slots.length - 1;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      int slot = slots[at];
      if (slot == 0) {
        return -1;
      }
      int number = (slot & mask) - 1;
      if (((slot ^ hash) & ~mask) == 0 && holds(number, bytes, from, length)) {
        return number;
      }
    }
  }

  /** The number of a string, which is added where it is new. */
  int findOrAdd(Utf8Key key) {
    return findOrAdd(key.bytes(), 0, key.length());
  }

  private int findOrAdd(byte[] bytes, int from, int length) {
    int hash = (int) Utf8Key.hash(bytes, from, length);
    int found = find(bytes, from, length, hash);
    if (found >= 0) {
      return found;
    }
    if (size >= slots.length / 4 * 3) {
      grow();
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size + (size >> 1));
    }
    store(bytes, from, length);
    size++;
    put(hash, size);
    return size - 1;
  }

  private void store(byte[] bytes, int from, int length) {
    int needed = 6 + length;
    if (pages[lastPage].length - lastPageUsed < needed) {
      int pageBytes = Math.max(needed, Math.min(MAX_PAGE_BYTES, pages[lastPage].length * 2));
      lastPage++;
      if (lastPage == MAX_PAGES) {
        throw new DataException(
            "the distinct values of a feature must have at most "
                + (long) MAX_PAGES * MAX_PAGE_BYTES
                + " bytes, but have more");
      }
      if (lastPage == pages.length) {
        pages = Arrays.copyOf(pages, lastPage * 2);
      }
      pages[lastPage] = new byte[pageBytes];
      lastPageUsed = 0;
    }
    byte[] page = pages[lastPage];
    lastPageUsed += lastPageUsed & 1;
    starts[size] = (lastPage << PLACE_BITS) | (lastPageUsed >>> 1);
    int rest = length;
    while (rest >= 0x80) {
      page[lastPageUsed++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    page[lastPageUsed++] = (byte) rest;
    System.arraycopy(bytes, from, page, lastPageUsed, length);
    lastPageUsed += length;
    stringBytes += length;
  }

  private void grow() {
    if (slots.length >= MAX_SLOTS) {
      throw new IllegalStateException("more than " + MAX_SIZE + " distinct values");
    }
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      byte[] page = page(number);
      int at = place(number);
      int length = lengthAt(page, at);
      put((int) Utf8Key.hash(page, at + lengthBytes(length), length), number + 1);
    }
  }

  private void put(int hash, int numberPlus1) {
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = (hash & ~mask) | numberPlus1;
  }

  private byte[] page(int number) {
    return pages[starts[number] >>> PLACE_BITS];
  }

  private int place(int number) {
    return (starts[number] & ((1 << PLACE_BITS) - 1)) << 1;
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

  private boolean holds(int number, byte[] bytes, int from, int length) {
    byte[] page = page(number);
    int at = place(number);
    if (lengthAt(page, at) != length) {
      return false;
    }
    int start = at + lengthBytes(length);
    return Arrays.equals(page, start, start + length, bytes, from, from + length);
  }

  /** Compares two strings by their code points. */
  int compare(int left, int right) {
    byte[] leftPage = page(left);
    byte[] rightPage = page(right);
    int leftAt = place(left);
    int rightAt = place(right);
    int leftLength = lengthAt(leftPage, leftAt);
    int rightLength = lengthAt(rightPage, rightAt);
    leftAt += lengthBytes(leftLength);
    rightAt += lengthBytes(rightLength);
    return Arrays.compareUnsigned(
        leftPage, leftAt, leftAt + leftLength, rightPage, rightAt, rightAt + rightLength);
  }

  /** Sets a key to a string. */
  void get(int number, Utf8Key key) {
    byte[] page = page(number);
    int at = place(number);
    int length = lengthAt(page, at);
    key.set(page, at + lengthBytes(length), length);
  }

  String get(int number) {
    byte[] page = page(number);
    int at = place(number);
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
      byte[] page = page(i);
      int at = place(i);
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
    index.starts = new int[Math.max(8, count)];
    int slotCount = 16;
    while (slotCount / 4 * 3 < count) {
      slotCount *= 2;
    }
    index.slots = new int[slotCount];
    index.readAll(in, section, count);
    return index;
  }

  /** A block at a time: the JVM soon compiles a loop over an array, and calls by string late. */
  private void readAll(SectionInput in, String section, int count) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK_BYTES, in.remaining())];
    int at = 0;
    int filled = 0;
    while (size < count) {
      int left = filled - at;
      int needed = Integer.BYTES;
      if (left >= Integer.BYTES) {
        needed = Math.addExact(needed, length(block, at, left + in.remaining(), section));
      }
      if (left < needed) {
        byte[] next = needed > block.length ? new byte[needed] : block;
        System.arraycopy(block, at, next, 0, left);
        int more = Math.max(needed - left, (int) Math.min(next.length - left, in.remaining()));
        in.readBytes(next, left, more);
        block = next;
        filled = left + more;
        at = 0;
      } else {
        int number = size;
        if (findOrAdd(block, at + Integer.BYTES, needed - Integer.BYTES) != number) {
          throw new ModelFileException("section '" + section + "' has a string twice");
        }
        at += needed;
      }
    }
    if (filled > at) {
      throw new ModelFileException(
          "section '"
              + section
              + "' has "
              + (filled - at + in.remaining())
              + " bytes behind its last string");
    }
    in.end();
  }

  /** The length of the string that starts in a block, behind which so many bytes are left. */
  private int length(byte[] block, int at, long left, String section) {
    int length =
        (block[at] & 0xFF)
            | (block[at + 1] & 0xFF) << 8
            | (block[at + 2] & 0xFF) << 16
            | block[at + 3] << 24;
    if (length < 0 || length > left - Integer.BYTES) {
      throw new ModelFileException(
          "string "
              + size
              + " of section '"
              + section
              + "' should have "
              + length
              + " bytes, but "
              + (left - Integer.BYTES)
              + " are left");
    }
    return length;
  }
}
