package io.ranking4j.runtime.file;

import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes model files. A file is there whole or not at all, as {@link AtomicFile} writes it. */
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
   * @throws IOException where writing fails, naming the file and what is missing; it has what a
   *     section throws as its cause. {@code file} is then as it was
   */
  public static void write(Path file, String manifestJson, List<Section> sections)
      throws IOException {
    byte[] manifest = ManifestJson.encode(manifestJson);
    List<byte[]> names = names(sections);
    AtomicFile.write(
        file, channel -> write(new ChecksummedOutput(channel), manifest, names, sections));
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
}
