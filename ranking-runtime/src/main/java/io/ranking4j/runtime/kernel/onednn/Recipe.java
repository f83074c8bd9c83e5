package io.ranking4j.runtime.kernel.onednn;

/**
 * All that a primitive depends on. Equal recipes make primitives that can stand in for each other,
 * so that they are made once: recipes are records.
 */
@FunctionalInterface
public interface Recipe {
  /**
   * Describes the primitive to the library.
   *
   * @param scope what it is described with is made in it
   * @return the address of the description, which the scope keeps
   */
  long describe(Scope scope);
}
