package io.ranking4j.nn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.kernel.nd4j.Nd4jBackend;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private static final Kernels OF_PROCESSOR = new JavaKernels();
  private static final Nd4jBackend NONE = new Nd4jBackend("no backend", false, 0);
  private static final Nd4jBackend CUDA = new Nd4jBackend("a.CudaBackend", true, 1);
  private static final Nd4jBackend CUDA_WITHOUT_DEVICE = new Nd4jBackend("a.CudaBackend", true, 0);

  private static Kernels kernels(Device device, Nd4jBackend backend) {
    return device.kernels(() -> backend, () -> OF_PROCESSOR);
  }

  @Test
  void should_not_ask_nd4j_when_it_is_the_processor() {
    Kernels kernels =
        Device.CPU.kernels(
            () -> {
              throw new AssertionError("ND4J was asked");
            },
            () -> OF_PROCESSOR);

    assertThat(kernels).isSameAs(OF_PROCESSOR);
  }

  @Test
  void should_take_a_gpu_when_there_is_one() {
    assertThat(kernels(Device.PREFER_GPU, CUDA).name()).isEqualTo("nd4j-cuda");
    assertThat(kernels(Device.REQUIRE_GPU, CUDA).name()).isEqualTo("nd4j-cuda");
  }

  @Test
  void should_take_the_processor_when_a_gpu_is_preferred_and_there_is_none() {
    assertThat(kernels(Device.PREFER_GPU, NONE)).isSameAs(OF_PROCESSOR);
    assertThat(kernels(Device.PREFER_GPU, CUDA_WITHOUT_DEVICE)).isSameAs(OF_PROCESSOR);
  }

  @Test
  void should_say_what_was_found_when_a_gpu_is_required_and_there_is_none() {
    assertThatThrownBy(() -> kernels(Device.REQUIRE_GPU, CUDA_WITHOUT_DEVICE))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "a GPU is required, but ND4J has a.CudaBackend with 0 CUDA devices; put"
                + " org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1 on the class path in place of nd4j-native,"
                + " with an NVIDIA driver, and CUDA 11.6 with cuDNN 8.3 on the machine or"
                + " org.bytedeco:cuda:11.6-8.3-1.5.7 with the classifier linux-x86_64-redist or"
                + " windows-x86_64-redist on the class path");
    assertThatThrownBy(() -> kernels(Device.ND4J, NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("ND4J's operations need a device, but it has no backend with 0 CPU devices");
  }

  /** What this machine has, unless it has a GPU. */
  @Test
  void should_find_the_backend_that_is_loaded() {
    Nd4jBackend backend = Nd4jBackend.loaded();
    assumeFalse(backend.hasGpu(), "this machine has a GPU");

    assertThat(backend).hasToString("org.nd4j.linalg.cpu.nativecpu.CpuBackend with 1 CPU device");
    assertThat(Device.PREFER_GPU.kernels(() -> OF_PROCESSOR)).isSameAs(OF_PROCESSOR);
    assertThat(Device.ND4J.kernels().name()).isEqualTo("nd4j-cpu");
    assertThatThrownBy(Device.REQUIRE_GPU::kernels)
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "a GPU is required, but ND4J has org.nd4j.linalg.cpu.nativecpu.CpuBackend with 1 CPU"
                + " device; put org.nd4j:nd4j-cuda-11.6");
  }
}
