package io.ranking4j.runtime;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Precision;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kernels to run with. */
public enum KernelChoice {
  /** The fastest that there are here: oneDNN, or Java where oneDNN does not load. */
  FASTEST,
  /** oneDNN or nothing. */
  ONEDNN,
  /** Plain Java. */
  JAVA;

  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final Kernels PLAIN_JAVA = new JavaKernels();
  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  /**
   * By threads: what is compiled for a shape is kept with the kernels, so all callers share them.
   */
  private static final Map<Key, Kernels> MADE = new ConcurrentHashMap<>();

  private record Key(int threads, Precision precision) {
    // Written out: what a record generates is put together when it is first called.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && threads == that.threads && precision == that.precision;
    }

    @Override
    public int hashCode() {
      return 31 * threads + precision.hashCode();
    }
  }

  /** Gives kernels that compute in float; see {@link #create(int, Precision)}. */
  public Kernels create(int threads) {
    return create(threads, Precision.FLOAT);
  }

  /**
   * Gives the kernels, the same ones at each call; {@link Kernels#name} says which they are. What
   * {@link #FASTEST} came to is logged the first time.
   *
   * @param threads the threads that one run may take, at least 1; Java takes one
   * @param precision what the factors of products are rounded to
   * @throws UnavailableException if {@link #ONEDNN} was asked for and does not load, or another
   *     precision than float of Java
   */
  public Kernels create(int threads, Precision precision) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    if (this == JAVA) {
      return inFloat(precision);
    }
    if (this == ONEDNN || DnnlKernels.available()) {
      Kernels kernels =
          MADE.computeIfAbsent(
              new Key(threads, precision), key -> DnnlKernels.create(threads, precision));
      if (this == FASTEST && REPORTED.compareAndSet(false, true)) {
        LOG.info("networks run on oneDNN");
      }
      return kernels;
    }
    if (REPORTED.compareAndSet(false, true)) {
      LOG.warn(
          "networks run in plain Java, several times slower, because oneDNN does not load: {}",
          DnnlKernels.unavailability().orElse("no reason known"));
    }
    return inFloat(precision);
  }

  private static Kernels inFloat(Precision precision) {
    if (precision != Precision.FLOAT) {
      throw new UnavailableException(
          "plain Java computes in FLOAT only, but was asked for " + precision);
    }
    return PLAIN_JAVA;
  }
}
