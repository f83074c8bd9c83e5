package io.ranking4j.nn.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.GradientKernelsContract;
import io.ranking4j.nn.kernel.JavaGradientKernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jGradientKernelsTest extends GradientKernelsContract {
  private static final GradientKernels KERNELS = GradientKernels.of(Nd4jKernels.create());

  @Override
  protected GradientKernels kernels() {
    return KERNELS;
  }

  @Test
  void should_show_the_part_that_a_view_or_a_pointer_shows() {
    INDArray row = Nd4j.createFromArray(1f, 2f, 3f, 4f, 5f).get(NDArrayIndex.interval(1, 4));
    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
    try (FloatPointer pointer = new FloatPointer(1, 2, 3, 4, 5)) {
      List<GradientKernels> all =
          List.of(KERNELS, GradientKernels.of(StagedKernels.create()), new JavaGradientKernels());
      for (GradientKernels kernels : all) {
        check(kernels.wrap(row), kernels, 2, 3, 4);
        check(kernels.wrap(matrix), kernels, 1, 2, 3, 4);
        check(kernels.wrap(pointer.position(1).limit(4)), kernels, 2, 3, 4);
        pointer.position(0).limit(5);
      }
    }
  }

  /** The memory holds these numbers, for its readers and for operations; twice them is written. */
  private static void check(Memory memory, GradientKernels kernels, float... numbers) {
    int size = numbers.length;
    float[] read = new float[size];
    assertThat(memory.size()).isEqualTo(size);
    memory.read(0, read, 0, size);
    assertThat(read).isEqualTo(numbers);

    Matrix all = Matrix.of(memory, 0, 1, size);
    kernels.forward().add(all, all, all).run();
    for (int i = 0; i < size; i++) {
      memory.read(i, read, 0, 1);
      assertThat(read[0]).isEqualTo(2 * numbers[i]);
    }
    memory.write(0, numbers, 0, size);
    assertThat(all.toArray()).isEqualTo(numbers);
  }

  @Test
  void should_refuse_arrays_that_are_no_rows_of_floats() {
    INDArray columns = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}).transpose();
    INDArray doubles = Nd4j.createFromArray(1.0, 2.0);
    for (INDArray array : List.of(columns, doubles)) {
      assertThatThrownBy(() -> KERNELS.wrap(array))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "an array must hold 1 to 536870911 floats in order 'c' without gaps, but was ");
    }
  }
}
