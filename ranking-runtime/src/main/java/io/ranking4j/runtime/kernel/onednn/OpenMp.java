package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of threads that OpenMP code which the calling thread runs may take. It belongs to the
 * calling thread alone, so one thread can be held to a number without touching the rest of the
 * process or its environment.
 */
final class OpenMp {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMp.class);
  private static final boolean REACHABLE = reach();

  private OpenMp() {}

  /** The functions of the OpenMP library that oneDNN itself is bound to. */
  private static final class Functions {
    static {
      // On Linux and macOS the search through a library goes on through those it depends on.
      Native.register(
          Functions.class,
          Platform.isWindows() ? NativeLibrary.getInstance("vcomp140") : DnnlLibrary.library());
    }

    private Functions() {}

    // The names are OpenMP's.
    static native void omp_set_num_threads(int threads);

    static native int omp_get_max_threads();
  }

  private static boolean reach() {
    try {
      return Functions.omp_get_max_threads() > 0;
    } catch (LinkageError e) {
      LOG.warn(
          "OpenMP cannot be reached, so oneDNN takes as many threads as OMP_NUM_THREADS or the"
              + " machine allows: {}",
          e.toString());
      return false;
    }
  }

  /**
   * Holds the calling thread to so many threads.
   *
   * @return what {@link #leave} wants: how many there were, or 0 if nothing was changed
   */
  static int enter(int threads) {
    if (!REACHABLE) {
      return 0;
    }
    int before = Functions.omp_get_max_threads();
    if (before == threads) {
      return 0;
    }
    Functions.omp_set_num_threads(threads);
    return before;
  }

  /** Gives the calling thread back what it had. */
  static void leave(int before) {
    if (before > 0) {
      Functions.omp_set_num_threads(before);
    }
  }

  /** How many the calling thread may take. */
  static int threads() {
    return Functions.omp_get_max_threads();
  }

  /** Whether the number of threads can be set at all. */
  static boolean reachable() {
    return REACHABLE;
  }
}
