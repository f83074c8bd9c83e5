package io.ranking4j.runtime.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes model files. A file is there whole or not at all: it is written under another name in the
 * same folder, synced, and renamed, so that a reader, a crash or a full disk never meets half of
 * one, and a file that was there before stays as it was until the new one replaces it.
 */
public final class ModelFileWriter {
  private ModelFileWriter() {}

  /**
   * Writes a model file, replacing one that is there.
   *
   * @param file where to
   * @param manifestJson the manifest, a JSON text
   * @param sections the sections, in the order to write them
   * @throws IllegalArgumentException where two sections have the same name, or the manifest is no
   *     JSON or longer or deeper than the default {@link ReadLimits} allow
   * @throws IllegalStateException where a section writes more or less than it was declared with
   * @throws IOException where writing fails; what a section throws comes through as well. In both
   *     cases {@code file} is as it was
   */
  public static void write(Path file, String manifestJson, List<Section> sections)
      throws IOException {
    byte[] manifest = ManifestJson.encode(manifestJson);
    List<byte[]> names = names(sections);
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    Path fileName = target.getFileName();
    if (folder == null || fileName == null) {
      throw new IllegalArgumentException("'" + file + "' is a folder, not a file");
    }
    // Not Files.createTempFile, whose files nobody but their owner may read.
    Path temporary = folder.resolve("." + fileName + "." + UUID.randomUUID() + ".tmp");
    boolean done = false;
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(new ChecksummedOutput(channel), manifest, names, sections);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
    syncFolder(folder);
  }

  private static List<byte[]> names(List<Section> sections) {
    Set<String> seen = new HashSet<>();
    List<byte[]> names = new ArrayList<>();
    for (Section section : sections) {
      if (!seen.add(section.name())) {
        throw new IllegalArgumentException("section '" + section.name() + "' is given twice");
      }
      byte[] name = section.name().getBytes(StandardCharsets.UTF_8);
      if (name.length > Section.MAX_NAME_BYTES) {
        throw new IllegalArgumentException(
            "the name of a section must have at most "
                + Section.MAX_NAME_BYTES
                + " bytes, but has "
                + name.length);
      }
      names.add(name);
    }
    return names;
  }

  private static void write(
      ChecksummedOutput out, byte[] manifest, List<byte[]> names, List<Section> sections)
      throws IOException {
    int indexBytes = 0;
    for (byte[] name : names) {
      indexBytes = Math.addExact(indexBytes, Format.entryBytes(name.length));
    }
    long[] offsets = new long[sections.size()];
    long end = (long) Format.HEADER_BYTES + manifest.length + indexBytes;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Format.align(end);
      end = Math.addExact(offsets[i], sections.get(i).length());
    }
    out.writeBytes(Format.magic(), 0, Format.MAGIC_BYTES);
    out.writeInt(Format.VERSION);
    out.writeInt(sections.size());
    out.writeLong(Math.addExact(end, Checksums.bytes(Format.VERSION)));
    out.writeInt(manifest.length);
    out.writeInt(indexBytes);
    out.writeBytes(manifest, 0, manifest.length);
    for (int i = 0; i < offsets.length; i++) {
      byte[] name = names.get(i);
      out.writeInt(name.length);
      out.writeBytes(name, 0, name.length);
      out.writeLong(offsets[i]);
      out.writeLong(sections.get(i).length());
    }
    for (Section section : sections) {
      out.align(Format.ALIGNMENT);
      SectionOutput content = new SectionOutput(out, section.name(), section.length());
      section.body().write(content);
      content.finish();
    }
    out.finish();
  }

  /** Makes the renaming outlast a crash, where the platform lets a folder be opened. */
  private static void syncFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
