package io.ranking4j.benchmarks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AllocationTest {
  @Test
  void should_count_the_bytes_of_an_array_when_a_call_makes_one() throws Exception {
    AtomicReference<double[]> kept = new AtomicReference<>(new double[0]);

    double bytes = Allocation.perCall(() -> kept.set(new double[400]));

    assertThat(bytes).isCloseTo(Allocation.predictions(400, 1), within(1.0));
  }
}
