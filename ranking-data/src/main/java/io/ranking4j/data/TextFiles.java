package io.ranking4j.data;

import io.ranking4j.error.DataException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads text files, gzip or not, where the database does not look closely enough. */
final class TextFiles {
  private static final int BUFFER = 1 << 16;

  /** What the database takes for a line. */
  private static final int MAX_LINE = 2_000_000;

  /** Beyond it the database takes minutes to look at the columns. */
  private static final int MAX_FIELDS = 10_000;

  private TextFiles() {}

  static boolean isGzip(Path file) {
    return file.toString().endsWith(".gz");
  }

  /** Reads to the end, which verifies the checksum and the length. */
  static void verify(Path file) {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    try (InputStream in = open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        total += read;
      }
    } catch (ZipException | EOFException e) {
      throw new DataException(
          "file "
              + file
              + " is no intact gzip file, its first "
              + total
              + " bytes of text could be read: "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new DataException("file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * How many fields the first line has; a line break within quotes is not looked for.
   *
   * @throws DataException where the line is longer, or has more fields, than a log may have: a
   *     small gzip file can hold one that no memory does
   */
  static int fieldsOfFirstLine(Path file, char delimiter) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      int length = 0;
      int fields = 1;
      boolean quoted = false;
      for (int c = reader.read(); c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
        quoted ^= c == '"';
        if (c == delimiter && !quoted) {
          fields++;
        }
        if (++length > MAX_LINE || fields > MAX_FIELDS) {
          throw new DataException(
              "the first line of file "
                  + file
                  + " must have at most "
                  + MAX_LINE
                  + " characters and "
                  + MAX_FIELDS
                  + " fields, but has more");
        }
      }
      return fields;
    } catch (IOException e) {
      throw new DataException("file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (!isGzip(file)) {
      return in;
    }
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
