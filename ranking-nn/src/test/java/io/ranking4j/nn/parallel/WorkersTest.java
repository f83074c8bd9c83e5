package io.ranking4j.nn.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void should_do_every_part_on_a_thread_of_its_own_when_run() {
    try (Workers workers = new Workers(3)) {
      CountDownLatch together = new CountDownLatch(3);
      Thread[] threads = new Thread[3];

      workers.run(
          part -> {
            threads[part] = Thread.currentThread();
            together.countDown();
            awaitZero(together);
          });

      assertThat(threads[0]).isSameAs(Thread.currentThread());
      assertThat(threads).doesNotContainNull().doesNotHaveDuplicates();
      workers.run(part -> assertThat(Thread.currentThread()).isSameAs(threads[part]));
    }
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void should_throw_what_a_part_throws_once_all_have_ended() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger ended = new AtomicInteger();
      for (int failing = 0; failing < 2; failing++) {
        int bad = failing;
        ended.set(0);
        assertThatThrownBy(
                () ->
                    workers.run(
                        part -> {
                          if (part == bad) {
                            throw new IllegalArgumentException("part " + part);
                          }
                          ended.incrementAndGet();
                        }))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("part " + bad);
        assertThat(ended).hasValue(1);
      }
    }
  }

  @Test
  void should_divide_items_without_gap_or_overlap() {
    try (Workers workers = new Workers(3)) {
      for (int items : new int[] {0, 1, 2, 3, 10, Integer.MAX_VALUE}) {
        assertThat(workers.from(0, items)).isZero();
        assertThat(workers.from(3, items)).isEqualTo(items);
        assertThat(workers.from(1, items)).isBetween(0, workers.from(2, items));
      }
    }
  }

  @Test
  void should_wake_those_that_went_to_sleep() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger done = new AtomicInteger();
      for (int round = 1; round <= 200; round++) {
        // Longer than anybody looks for work before going to sleep, in every tenth round.
        pause(round % 10 == 0 ? 1_000_000 : 0);
        int late = round % 2;
        workers.run(
            part -> {
              pause(part == late ? 500_000 : 0);
              done.incrementAndGet();
            });
        assertThat(done).hasValue(2 * round);
      }
    }
  }

  private static void pause(long nanos) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < nanos) {
      Thread.onSpinWait();
    }
  }

  @Test
  void should_do_nothing_more_when_closed() {
    Workers workers = new Workers(2);
    workers.close();

    assertThatThrownBy(() -> workers.run(part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the workers are closed");
  }

  @Test
  void should_refuse_to_be_nobody() {
    assertThatThrownBy(() -> new Workers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workers must be at least 1, but were 0");
  }
}
