package io.ranking4j.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes files that are there whole or not at all: a file is written under another name in the same
 * folder, synced to the disk and renamed, so that a reader, a crash or a full disk never meets half
 * of one, and a file that was there before stays as it was until the new one replaces it. Safe to
 * use from several threads; of two that write the same file, one comes last.
 *
 * <p>Where writing fails the unfinished file is deleted. A process that is killed leaves it behind,
 * as {@code .NAME.UUID.tmp}: nothing reads it, and it may be deleted.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** What is to be in a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, from the start of an empty file. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /** What is to be in a file. */
  @FunctionalInterface
  public interface StreamContent {
    /** Writes all of it to a stream with a buffer, which the caller flushes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing one that is there.
   *
   * @param file where to; its folder must be there
   * @param content is asked to write once
   * @throws IllegalArgumentException where {@code file} is the root of a file system
   * @throws IOException where writing fails, naming the file and what is missing: the folder, the
   *     permission, the space. Whatever is thrown, by the content too, {@code file} is as it was,
   *     unless no more than its folder could not be synced
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    Path name = target.getFileName();
    if (folder == null || name == null) {
      throw new IllegalArgumentException("'" + file + "' is a folder, not a file");
    }
    // Not Files.createTempFile, whose files nobody but their owner may read.
    Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
    try {
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      boolean done = false;
      try {
        try (channel) {
          content.writeTo(channel);
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
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(file.toString(), null, reason(target, e));
      named.initCause(e);
      throw named;
    }
  }

  /** Writes a text in UTF-8; see {@link #write(Path, Content)}. */
  public static void writeString(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Writes what comes as a stream; see {@link #write(Path, Content)}. */
  public static void writeStream(Path file, StreamContent content) throws IOException {
    write(
        file,
        channel -> {
          OutputStream out =
              new BufferedOutputStream(new Pieces(Channels.newOutputStream(channel)), BUFFER);
          content.writeTo(out);
          out.flush();
        });
  }

  /**
   * What is missing, in words: what the system says of it is often no more than the file's name.
   */
  private static String reason(Path target, IOException cause) {
    Path folder = target.getParent();
    String said =
        cause instanceof FileSystemException fileSystem
            ? fileSystem.getReason()
            : cause.getMessage();
    String text = said == null ? cause.getClass().getSimpleName() : said;
    if (folder != null && !Files.isDirectory(folder)) {
      return "'" + folder + (Files.exists(folder) ? "' is not a folder" : "' does not exist");
    } else if (Files.isDirectory(target)) {
      return "it is a folder";
    } else if (cause instanceof AccessDeniedException || text.contains("not permitted")) {
      return "no permission to write to the folder '" + folder + "'";
    } else if (isFull(text)) {
      return "no space is left for it in '" + folder + "' (" + text + ")";
    }
    return "it cannot be written: " + text;
  }

  /** Java has no exception of its own for it: the words are those of the system. */
  private static boolean isFull(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("no space")
        || lower.contains("not enough space")
        || lower.contains("quota")
        || lower.contains("too large");
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

  /**
   * Writes large arrays piece by piece: a channel copies what it is given to native memory, and a
   * table may have a gigabyte.
   */
  private static final class Pieces extends FilterOutputStream {
    private static final int PIECE = 1 << 20;

    Pieces(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      int end = from + count;
      for (int at = from; at < end; at += PIECE) {
        out.write(bytes, at, Math.min(PIECE, end - at));
      }
    }
  }
}
