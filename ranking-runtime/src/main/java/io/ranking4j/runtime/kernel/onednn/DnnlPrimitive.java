package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A primitive of the library: compiled code for fixed shapes, without data. Immutable and safe to
 * share; freed when all who retained it have released it.
 */
public final class DnnlPrimitive {
  private final Handle code;
  private final long description;
  private final AtomicInteger users = new AtomicInteger(1);

  private DnnlPrimitive(Handle code, long description) {
    this.code = code;
    this.description = description;
  }

  /** Makes the primitive of a recipe, retained for the caller. */
  static DnnlPrimitive of(Recipe recipe) {
    long[] made = new long[1];
    try (Scope scope = new Scope()) {
      long described = recipe.describe(scope);
      Dnnl.check(Functions.dnnl_primitive_create(made, described), "make a primitive");
    }
    Handle code = new Handle(Handle.Kind.PRIMITIVE, made[0]);
    // This one is the primitive's own, and lives as long.
    Dnnl.check(
        Functions.dnnl_primitive_get_primitive_desc(code.address(), made), "describe a primitive");
    return new DnnlPrimitive(code, made[0]);
  }

  /** What the library calls the code that it chose, such as {@code "brg_matmul:avx512_core"}. */
  public String implementation() {
    long[] name = new long[1];
    Dnnl.check(
        Functions.dnnl_primitive_desc_query(description, Dnnl.QUERY_IMPLEMENTATION, 0, name),
        "name a primitive");
    return new Pointer(name[0]).getString(0, "US-ASCII");
  }

  void retain() {
    users.incrementAndGet();
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      code.close();
    }
  }

  /** Its address. */
  long code() {
    return code.address();
  }

  /** The descriptor of the memory that it needs while it runs. */
  long scratchpad() {
    return Functions.dnnl_primitive_desc_query_md(description, Dnnl.QUERY_SCRATCHPAD, 0);
  }

  /** The descriptor of the order of elements that it wants its weights in. */
  long weights() {
    return Functions.dnnl_primitive_desc_query_md(description, Dnnl.QUERY_WEIGHTS, 0);
  }
}
