package io.ranking4j.runtime.file;

/**
 * The layout of a model file. All numbers are little-endian.
 *
 * <pre>
 *  0  magic, 8 bytes
 *  8  format version, int
 * 12  number of sections, int
 * 16  length of the whole file, long
 * 24  length of the manifest in bytes, int
 * 28  length of the index in bytes, int
 * 32  manifest, JSON in UTF-8
 *     index; for each section: length of the name in bytes (int), name in UTF-8, offset from the
 *     start of the file (long), length in bytes (long)
 *     sections, each from a multiple of 64 on, zeros between them
 *     CRC-32C of everything before it, int; in format 1 its SHA-256, 32 bytes
 * </pre>
 */
final class Format {
  /** A byte above 127, the name, and line ends that a transfer as text would change. */
  private static final byte[] MAGIC = {(byte) 0x89, 'R', 'K', '4', 'J', '\r', '\n', 0x1a};

  static final int MAGIC_BYTES = MAGIC.length;
  static final int HEADER_BYTES = 32;
  static final int ALIGNMENT = 64;

  /** The format that is written, and the newest that is read. */
  static final int VERSION = 2;

  private Format() {}

  static byte[] magic() {
    return MAGIC.clone();
  }

  static long align(long position) {
    return Math.addExact(position, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Bytes of the index entry of a section whose name has that many bytes. */
  static int entryBytes(int nameBytes) {
    return Integer.BYTES + nameBytes + 2 * Long.BYTES;
  }
}
