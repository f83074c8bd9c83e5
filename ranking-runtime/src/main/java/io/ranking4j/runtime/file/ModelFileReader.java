package io.ranking4j.runtime.file;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A model file that is open for reading. Its checksum was verified when it was opened, and nothing
 * of it is used before that. A file that is replaced by {@link ModelFileWriter} meanwhile is still
 * read as it was. Sections may be read by several threads at once.
 */
public final class ModelFileReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final Json manifest;
  private final Map<String, Extent> sections;

  private record Extent(long offset, long length) {}

  private ModelFileReader(
      Path file, FileChannel channel, Json manifest, Map<String, Extent> sections) {
    this.file = file;
    this.channel = channel;
    this.manifest = manifest;
    this.sections = sections;
  }

  /** Opens a file with the default limits. */
  public static ModelFileReader open(Path file) throws IOException {
    return open(file, ReadLimits.defaults());
  }

  /**
   * Opens a file and verifies all of it.
   *
   * @throws ModelFileException where it is not a model file, of a newer format, truncated, altered,
   *     or beyond the limits
   * @throws IOException where it cannot be read
   */
  public static ModelFileReader open(Path file, ReadLimits limits) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean done = false;
    try {
      ModelFileReader reader = read(file, channel, limits);
      done = true;
      return reader;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static ModelFileReader read(Path file, FileChannel channel, ReadLimits limits)
      throws IOException {
    long size = channel.size();
    if (size < Format.MAGIC_BYTES
        || !Arrays.equals(bytes(channel, 0, Format.MAGIC_BYTES).array(), Format.magic())) {
      throw new ModelFileException("'" + file + "' is not a model file");
    }
    int smallest = Format.HEADER_BYTES + Checksums.BYTES;
    if (size < smallest) {
      throw truncated(file, "at least " + smallest, size);
    }
    ByteBuffer header = bytes(channel, Format.MAGIC_BYTES, Format.HEADER_BYTES);
    int version = header.getInt();
    if (version < 1 || version > Format.VERSION) {
      throw new ModelFileException(
          "'"
              + file
              + "' was written by format "
              + Integer.toUnsignedString(version)
              + ", this library reads up to "
              + Format.VERSION);
    }
    int sectionCount = header.getInt();
    long expected = header.getLong();
    if (size < expected) {
      throw truncated(file, Long.toString(expected), size);
    }
    if (size != expected) {
      throw new ModelFileException(
          "'" + file + "' should have " + expected + " bytes, but has " + size);
    }
    limit(file, "bytes", size, limits.maxFileBytes());
    verify(file, channel, size - Checksums.BYTES);

    int manifestBytes = header.getInt();
    int indexBytes = header.getInt();
    limit(file, "bytes of manifest", manifestBytes, limits.maxManifestBytes());
    limit(file, "sections", sectionCount, limits.maxSections());
    long end = size - Checksums.BYTES;
    long indexStart = (long) Format.HEADER_BYTES + manifestBytes;
    if (indexBytes < 0
        || indexStart + indexBytes > end
        || indexBytes > (long) sectionCount * Format.entryBytes(Section.MAX_NAME_BYTES)) {
      throw new ModelFileException("the index of '" + file + "' has an impossible length");
    }
    Json manifest =
        ManifestJson.decode(bytes(channel, Format.HEADER_BYTES, indexStart).array(), limits, file);
    ByteBuffer index = bytes(channel, indexStart, indexStart + indexBytes);
    return new ModelFileReader(
        file, channel, manifest, index(file, index, sectionCount, indexStart + indexBytes, end));
  }

  private static ModelFileException truncated(Path file, String expected, long size) {
    return new ModelFileException(
        "'" + file + "' is truncated: expected " + expected + " bytes, has " + size);
  }

  private static void limit(Path file, String what, long actual, long limit) {
    if (actual < 0 || actual > limit) {
      throw new ModelFileException(
          "'" + file + "' may have at most " + limit + " " + what + ", but has " + actual);
    }
  }

  private static void verify(Path file, FileChannel channel, long length) throws IOException {
    MessageDigest digest = Checksums.sha256();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length));
    long position = 0;
    while (position < length) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - position));
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw truncated(file, Long.toString(length + Checksums.BYTES), channel.size());
      }
      position += read;
      digest.update(buffer.flip());
    }
    byte[] stored = bytes(channel, length, length + Checksums.BYTES).array();
    if (!MessageDigest.isEqual(stored, digest.digest())) {
      throw new ModelFileException(
          "'" + file + "' was altered: its checksum does not fit its content");
    }
  }

  private static Map<String, Extent> index(
      Path file, ByteBuffer index, int count, long start, long end) {
    Map<String, Extent> sections = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int nameBytes = index.remaining() < Integer.BYTES ? -1 : index.getInt();
      if (nameBytes < 0
          || nameBytes > Section.MAX_NAME_BYTES
          || nameBytes + 2 * Long.BYTES > index.remaining()) {
        throw new ModelFileException("the index of '" + file + "' is broken at section " + i);
      }
      byte[] encoded = new byte[nameBytes];
      index.get(encoded);
      String name = new String(encoded, StandardCharsets.UTF_8);
      long offset = index.getLong();
      long length = index.getLong();
      if (offset < start || offset > end || length < 0 || length > end - offset) {
        throw new ModelFileException(
            "section '" + name + "' of '" + file + "' does not lie within the file");
      }
      if (sections.put(name, new Extent(offset, length)) != null) {
        throw new ModelFileException("'" + file + "' has section '" + name + "' twice");
      }
    }
    if (index.hasRemaining()) {
      throw new ModelFileException("the index of '" + file + "' is longer than its sections");
    }
    return sections;
  }

  private static ByteBuffer bytes(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.toIntExact(to - from)).order(ByteOrder.LITTLE_ENDIAN);
    long position = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new ModelFileException("a model file became shorter while it was read");
      }
      position += read;
    }
    return buffer.flip();
  }

  /** The manifest, within the limits; not to be changed. */
  public Json manifest() {
    return manifest;
  }

  /** The names of the sections in the order of the file, unmodifiable. */
  public Set<String> sections() {
    return Collections.unmodifiableSet(sections.keySet());
  }

  /**
   * The length of a section in bytes.
   *
   * @throws ModelFileException where there is no such section
   */
  public long length(String section) {
    return extent(section).length();
  }

  /**
   * Starts reading a section.
   *
   * @throws ModelFileException where there is no such section
   */
  public SectionInput read(String section) {
    Extent extent = extent(section);
    return new SectionInput(channel, section, extent.offset(), extent.length());
  }

  /**
   * Reads a section of floats.
   *
   * @param count how many there must be
   * @throws ModelFileException where there is no such section, or it has another length
   */
  public float[] floats(String section, int count) throws IOException {
    check(section, (long) count * Float.BYTES);
    float[] values = new float[count];
    read(section).readFloats(values, 0, count);
    return values;
  }

  /**
   * Reads a section of bytes.
   *
   * @param count how many there must be
   * @throws ModelFileException where there is no such section, or it has another length
   */
  public byte[] bytes(String section, int count) throws IOException {
    check(section, count);
    byte[] values = new byte[count];
    read(section).readBytes(values, 0, count);
    return values;
  }

  private void check(String section, long expected) {
    long actual = length(section);
    if (actual != expected) {
      throw new ModelFileException(
          "section '"
              + section
              + "' of '"
              + file
              + "' should have "
              + expected
              + " bytes, but has "
              + actual);
    }
  }

  private Extent extent(String section) {
    Extent extent = sections.get(section);
    if (extent == null) {
      throw new ModelFileException("'" + file + "' has no section '" + section + "'");
    }
    return extent;
  }

  /** Closes the file; sections can no longer be read. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
