package io.ranking4j.runtime.kernel.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Primitives by recipe, since making one compiles code, which takes longer than running it. Beyond
 * its capacity it lets go of the one that was not asked for the longest; those who use it keep it.
 * Safe to share between threads.
 */
final class PrimitiveCache {
  private final int capacity;
  private final Map<Recipe, DnnlPrimitive> primitives = new LinkedHashMap<>(16, 0.75f, true);

  PrimitiveCache(int capacity) {
    this.capacity = capacity;
  }

  /** The primitive, retained for the caller. */
  DnnlPrimitive get(Recipe recipe) {
    synchronized (primitives) {
      DnnlPrimitive known = primitives.get(recipe);
      if (known != null) {
        known.retain();
        return known;
      }
    }
    DnnlPrimitive made = DnnlPrimitive.of(recipe);
    synchronized (primitives) {
      DnnlPrimitive other = primitives.get(recipe);
      if (other != null) {
        made.release();
        other.retain();
        return other;
      }
      made.retain();
      primitives.put(recipe, made);
      if (primitives.size() > capacity) {
        var eldest = primitives.entrySet().iterator();
        DnnlPrimitive dropped = eldest.next().getValue();
        eldest.remove();
        dropped.release();
      }
    }
    return made;
  }

  /** What the library chose for each recipe that is kept. */
  Map<String, String> implementations() {
    synchronized (primitives) {
      Map<String, String> chosen = new TreeMap<>();
      primitives.forEach(
          (recipe, primitive) -> chosen.put(recipe.toString(), primitive.implementation()));
      return chosen;
    }
  }
}
