package io.ranking4j.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.benchmarks.peer.TrainingPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Pace PACE = new Pace(4, 3, 1);

  /** Counts its steps. */
  private static final class CountingPeer implements TrainingPeer {
    private final List<int[]> batches = new ArrayList<>();
    private int threads;

    @Override
    public double step(int[] rows) {
      batches.add(rows);
      return batches.size();
    }

    @Override
    public float[] probabilities(int[] rows) {
      return new float[rows.length];
    }

    @Override
    public void threads(int count) {
      threads = count;
    }

    @Override
    public void close() {}
  }

  @Test
  void should_let_the_peer_do_its_batches_after_each_round_of_ours() {
    try (CountingPeer peer = new CountingPeer()) {
      Turns turns = new Turns(peer, new Shuffle(20, 5, 1), PACE, 5, 2);
      for (int epoch = 1; epoch <= 3; epoch++) {
        for (int batch = 1; batch <= 10; batch++) {
          turns.onBatch(epoch, batch, 10, 0.5);
          int rounds = (epoch - 1) * 2 + batch / 4;
          assertThat(peer.batches).as("epoch %d, batch %d", epoch, batch).hasSize(rounds * 3);
        }
      }
      assertThat(turns.rounds()).as("two rounds in each epoch after the first").hasSize(4);
      assertThat(turns.rounds()).allMatch(round -> round.ours() > 0 && round.theirs() > 0);
      assertThat(peer.threads).isEqualTo(2);
      assertThat(turns.ourLoss()).isEqualTo(0.5);
      assertThat(turns.theirLoss()).as("mean of the losses 3 to 18").isEqualTo(10.5);
    }
  }

  @Test
  void should_give_every_row_once_an_epoch() {
    Shuffle shuffle = new Shuffle(12, 4, 7);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(
              IntStream.range(0, 3)
                  .flatMap(batch -> IntStream.of(shuffle.next()))
                  .sorted()
                  .toArray())
          .containsExactly(IntStream.range(0, 12).toArray());
    }
  }

  @Test
  void should_take_the_middle() {
    assertThat(Medians.of(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Medians.of(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    assertThatThrownBy(() -> Medians.of(new double[0])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void should_refuse_rounds_without_a_timed_batch() {
    assertThatThrownBy(() -> new Pace(4, 2, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void should_draw_ids_by_their_law() {
    int[] uniform = Logs.uniform(10_000, 10, 1).codes();
    int[] zipf = Logs.zipf(10_000, 10, 1).codes();
    assertThat(IntStream.of(uniform).filter(code -> code == 0).count()).isBetween(900L, 1100L);
    // ln 2 / ln 11 of them are the first.
    assertThat(IntStream.of(zipf).filter(code -> code == 0).count()).isBetween(2750L, 3050L);
    assertThat(IntStream.of(zipf)).allMatch(code -> code >= 0 && code < 10);
  }
}
