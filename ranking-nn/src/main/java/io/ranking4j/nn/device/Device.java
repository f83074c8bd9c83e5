package io.ranking4j.nn.device;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.kernel.nd4j.Nd4jBackend;
import io.ranking4j.nn.kernel.nd4j.Nd4jKernels;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.kernel.Kernels;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What networks run on, in training and in serving. Which GPU there is to run on is settled by the
 * class path: ND4J uses one where {@code nd4j-cuda-11.6} stands there in place of {@code
 * nd4j-native} and a device is found.
 */
public enum Device {
  /** The processor, with its own kernels; ND4J is not asked. */
  CPU,
  /** A GPU where there is one, else the processor; which it came to is logged the first time. */
  PREFER_GPU,
  /** A GPU, or an error that says what was found. */
  REQUIRE_GPU,
  /**
   * ND4J's operations on whatever ND4J runs on, be it the processor: to compare with the kernels of
   * the processor, which are faster there.
   */
  ND4J;

  private static final Logger LOG = LoggerFactory.getLogger(Device.class);
  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private static final String REMEDY =
      "put org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1 on the class path in place of nd4j-native, with"
          + " an NVIDIA driver, and CUDA 11.6 with cuDNN 8.3 on the machine or"
          + " org.bytedeco:cuda:11.6-8.3-1.5.7 with the classifier linux-x86_64-redist or"
          + " windows-x86_64-redist on the class path";

  /**
   * The kernels of this device, with the fastest ones of the processor on one thread where it is
   * that.
   *
   * @throws UnavailableException as the other method does
   */
  public Kernels kernels() {
    return kernels(() -> KernelChoice.FASTEST.create(1));
  }

  /**
   * The kernels of this device; {@link Kernels#name} says which they are.
   *
   * @param ofProcessor gives those that are taken on the processor
   * @throws UnavailableException if a GPU is required and there is none, or ND4J is asked for and
   *     has no backend that works
   */
  public Kernels kernels(Supplier<Kernels> ofProcessor) {
    return kernels(Nd4jBackend::loaded, ofProcessor);
  }

  /** The kernels, where ND4J runs on what the first supplier gives. */
  Kernels kernels(Supplier<Nd4jBackend> nd4j, Supplier<Kernels> ofProcessor) {
    if (this == CPU) {
      return ofProcessor.get();
    }
    Nd4jBackend backend = nd4j.get();
    if (this == ND4J || backend.hasGpu()) {
      Kernels kernels = Nd4jKernels.on(backend);
      report("networks run on {}: ND4J has {}", kernels, backend);
      return kernels;
    }
    if (this == REQUIRE_GPU) {
      throw new UnavailableException("a GPU is required, but ND4J has " + backend + "; " + REMEDY);
    }
    Kernels kernels = ofProcessor.get();
    report("networks run on {}, not on a GPU: ND4J has {}", kernels, backend);
    return kernels;
  }

  private static void report(String message, Kernels kernels, Nd4jBackend backend) {
    if (REPORTED.compareAndSet(false, true)) {
      LOG.info(message, kernels.name(), backend);
    }
  }
}
