package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.error.UnavailableException;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** The native library, loaded at first use, and its CPU engine, which is shared by all. */
final class DnnlLibrary {
  /** What loading gave: an engine and the path of its binding, or the reason why there is none. */
  private record Outcome(
      @Nullable engine cpu, @Nullable String path, @Nullable Throwable failure) {}

  private static final Outcome OUTCOME = load();

  private DnnlLibrary() {}

  private static Outcome load() {
    try {
      String path = Loader.load(dnnl.class);
      engine cpu = Scopes.within(() -> new engine(engine.kind.cpu, 0).retainReference());
      return new Outcome(cpu, path, null);
    } catch (LinkageError | RuntimeException e) {
      return new Outcome(null, null, e);
    }
  }

  /** Why the library cannot be used here, or null if it can. */
  static @Nullable Throwable failure() {
    return OUTCOME.failure;
  }

  /**
   * The engine.
   *
   * @throws UnavailableException if the library did not load
   */
  static engine cpu() {
    engine cpu = OUTCOME.cpu;
    if (cpu == null) {
      throw new UnavailableException(
          "oneDNN is not available on " + Loader.getPlatform() + ": " + OUTCOME.failure,
          OUTCOME.failure);
    }
    return cpu;
  }

  /** Where the loaded binding lies. */
  static @Nullable String path() {
    return OUTCOME.path;
  }
}
