package io.ranking4j.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds providers where the host's code is and where this library is: a worker thread's context
 * loader may see neither or only one of them.
 */
final class Providers {
  private Providers() {}

  static <P> List<P> of(Class<P> type) {
    List<P> found = new ArrayList<>();
    ServiceLoader.load(type).forEach(found::add);
    ServiceLoader.load(type, Providers.class.getClassLoader()).forEach(found::add);
    return found;
  }
}
