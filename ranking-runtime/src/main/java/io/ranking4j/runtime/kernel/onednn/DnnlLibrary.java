package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.ranking4j.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The native library, loaded at first use, and its CPU engine, which is shared by all. */
public final class DnnlLibrary {
  /**
   * Functions are looked up when they are first called, and the library's names stay its own. The
   * number is the same on Linux and macOS; Windows works so anyway.
   */
  private static final int LAZY_AND_LOCAL = 1;

  /** What loading gave: the library and its engine, or the reason why there is none. */
  private record Outcome(@Nullable NativeLibrary library, long cpu, @Nullable Throwable failure) {}

  private static final Outcome OUTCOME = load();

  private DnnlLibrary() {}

  private static Outcome load() {
    try {
      NativeFiles files = NativeFiles.ofThisPlatform();
      Path file = files.unpack();
      NativeLibrary library = open(files, file);
      Native.register(Functions.class, library);
      long[] engine = new long[1];
      Dnnl.check(Functions.dnnl_engine_create(engine, Dnnl.CPU, 0), "make an engine");
      return new Outcome(library, engine[0], null);
    } catch (IOException | LinkageError | RuntimeException e) {
      return new Outcome(null, 0, e);
    }
  }

  private static NativeLibrary open(NativeFiles files, Path file) {
    JnaStart start = JnaStart.begin();
    try {
      return NativeLibrary.getInstance(
          file.toString(),
          files.windows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL));
    } finally {
      start.end();
    }
  }

  /** Why the library cannot be used here, or null if it can. */
  static @Nullable Throwable failure() {
    return OUTCOME.failure;
  }

  /**
   * The address of the engine.
   *
   * @throws UnavailableException if the library did not load
   */
  static long cpu() {
    library();
    return OUTCOME.cpu;
  }

  /**
   * Binds the native methods of a class to the library's functions of the same names.
   *
   * @throws UnavailableException if the library did not load
   * @throws UnsatisfiedLinkError if it has no such function
   */
  public static void bind(Class<?> functions) {
    Native.register(functions, library());
  }

  /** The library, in which the search for a function goes on through those it depends on. */
  static NativeLibrary library() {
    NativeLibrary library = OUTCOME.library;
    if (library == null) {
      throw new UnavailableException(
          "oneDNN is not available on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + OUTCOME.failure,
          OUTCOME.failure);
    }
    return library;
  }
}
