package io.ranking4j.runtime.kernel.onednn;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** Pointer scopes of our own, so that a scope of the host never frees what we keep. */
final class Scopes {
  private Scopes() {}

  /** Runs within a scope that frees all pointers made in it that were not retained. */
  @SuppressWarnings("try") // The scope is found by the pointers themselves.
  static <T> T within(Supplier<T> body) {
    try (PointerScope scope = new PointerScope()) {
      return body.get();
    }
  }
}
