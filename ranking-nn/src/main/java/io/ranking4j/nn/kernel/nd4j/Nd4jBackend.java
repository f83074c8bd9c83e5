package io.ranking4j.nn.kernel.nd4j;

import java.util.List;
import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What ND4J runs on.
 *
 * @param name the class of its backend, or why there is none
 * @param cuda whether it runs on GPUs
 * @param devices how many it sees, at least 0; the host's processor is one
 */
public record Nd4jBackend(String name, boolean cuda, int devices) {
  /** The backend that ND4J has loaded, or one without devices; loads it if need be. */
  public static Nd4jBackend loaded() {
    try {
      return new Nd4jBackend(
          Nd4j.getBackend().getClass().getName(),
          !Nd4j.getEnvironment().isCPU(),
          Nd4j.getAffinityManager().getNumberOfDevices());
    } catch (LinkageError error) {
      // So it ends, each time, where no backend is on the class path or none of them works; ND4J
      // itself has written the reason to the standard error stream.
      List<String> there =
          ServiceLoader.load(org.nd4j.linalg.factory.Nd4jBackend.class).stream()
              .map(provider -> provider.type().getName())
              .toList();
      return new Nd4jBackend("no backend that works, of " + there, false, 0);
    }
  }

  /** Whether there is a GPU to run on. */
  public boolean hasGpu() {
    return cuda && devices > 0;
  }

  /** Its name and its devices, for reports. */
  @Override
  public String toString() {
    String kind = cuda ? " CUDA" : " CPU";
    return name + " with " + devices + kind + (devices == 1 ? " device" : " devices");
  }
}
