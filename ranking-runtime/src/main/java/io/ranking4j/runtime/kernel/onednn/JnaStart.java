package io.ranking4j.runtime.kernel.onednn;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * From its beginning to its end JNA starts without what is slow about its start on Linux: it
 * unpacks a library of its own anew in each process, and it runs {@code ldconfig} to learn where
 * libraries are. It does neither where two system properties say the answer. The first is set in
 * between. The second is one that JNA sets itself where nobody has, to the same. Where the host has
 * set them, or has started JNA before, or anything here does not work out, JNA starts as it always
 * does.
 */
final class JnaStart {
  /** A folder that has JNA's own library. */
  private static final String OWN_LIBRARY = "jna.boot.library.path";

  /** Folders of libraries that are opened by name. */
  private static final String FOLDERS = "jna.platform.library.path";

  /** What JNA says once it has started. */
  private static final String STARTED = "jna.loaded";

  private static final Path CONFIGURATION = Path.of("/etc/ld.so.conf");
  private static final String INCLUDE = "include ";

  private final boolean unpacked;

  private JnaStart(boolean unpacked) {
    this.unpacked = unpacked;
  }

  /** Prepares it, if it has not been started. */
  static JnaStart begin() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    if (!linux || Boolean.getBoolean(STARTED)) {
      return new JnaStart(false);
    }
    if (System.getProperty(FOLDERS) == null) {
      nameFolders();
    }
    return new JnaStart(System.getProperty(OWN_LIBRARY) == null && unpack());
  }

  private static boolean unpack() {
    try {
      Path library = NativeFiles.ofJna(System.getProperty("os.arch")).unpack();
      System.setProperty(OWN_LIBRARY, String.valueOf(library.getParent()));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Names those that JNA would: a list of its own, then what the linker is told. */
  private static void nameFolders() {
    try {
      Set<String> folders = new LinkedHashSet<>();
      String libc = NativeFiles.processor(System.getProperty("os.arch")) + "-linux-gnu";
      for (String suffix : new String[] {"/" + libc, "64", ""}) {
        folders.add("/usr/lib" + suffix);
        folders.add("/lib" + suffix);
      }
      addConfigured(CONFIGURATION, folders);
      folders.removeIf(folder -> !new File(folder).isDirectory());
      System.setProperty(FOLDERS, String.join(File.pathSeparator, folders));
    } catch (IOException | UnsupportedOperationException e) {
      System.clearProperty(FOLDERS);
    }
  }

  /**
   * Adds the folders of a configuration of the linker, as {@code ldconfig} reads it.
   *
   * @throws UnsupportedOperationException where it says anything that is not understood here
   */
  static void addConfigured(Path configuration, Set<String> folders) throws IOException {
    for (String line : Files.readAllLines(configuration)) {
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (text.startsWith(INCLUDE)) {
        for (File file : included(configuration, text.substring(INCLUDE.length()).strip())) {
          addConfigured(file.toPath(), folders);
        }
      } else if (text.startsWith("/")) {
        folders.add(text);
      } else if (!text.isEmpty()) {
        throw new UnsupportedOperationException(configuration + " says " + line);
      }
    }
  }

  /** The files of {@code folder/*ending}, the form that is in use: globs are slow at a start. */
  private static File[] included(Path configuration, String pattern) {
    int every = pattern.indexOf('*');
    int name = pattern.lastIndexOf('/') + 1;
    String folder = pattern.substring(0, name);
    String ending = pattern.substring(every + 1);
    if (every != name || ending.indexOf('*') >= 0) {
      throw new UnsupportedOperationException(configuration + " includes " + pattern);
    }
    File parent = configuration.resolveSibling(folder).toFile();
    File[] files = parent.listFiles(file -> file.getName().endsWith(ending));
    if (files == null) {
      return new File[0];
    }
    Arrays.sort(files);
    return files;
  }

  /** Takes back what is not JNA's to keep. */
  void end() {
    if (unpacked) {
      System.clearProperty(OWN_LIBRARY);
    }
  }
}
