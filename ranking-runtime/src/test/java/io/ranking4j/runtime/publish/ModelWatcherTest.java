package io.ranking4j.runtime.publish;

import static io.ranking4j.runtime.publish.TestModels.answer;
import static io.ranking4j.runtime.publish.TestModels.model;
import static io.ranking4j.runtime.publish.TestModels.ranker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.LiveRanker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWatcherTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final Path temporary;
  private final ModelDirectory directory;
  private final ModelVersion first;
  private final LiveRanker ranker;

  /** What a watcher tells. */
  private static final class Told implements ModelWatcher.Listener {
    final BlockingQueue<ModelVersion> swaps = new LinkedBlockingQueue<>();
    final List<Exception> failures = new ArrayList<>();

    @Override
    public void swapped(ModelVersion version) {
      swaps.add(version);
    }

    @Override
    public void failed(Optional<ModelVersion> version, Exception cause) {
      failures.add(cause);
    }
  }

  private final Told told = new Told();

  ModelWatcherTest(@TempDir Path temporary) throws IOException {
    this.temporary = temporary;
    directory = ModelDirectory.of(temporary.resolve("models"));
    first = directory.publish(model(1));
    ranker = ranker(first.load());
  }

  @AfterEach
  void closeTheRanker() {
    ranker.close();
  }

  private ModelWatcher watcher(Duration interval) {
    return ModelWatcher.start(directory, first, ranker, () -> TestModels.WARM_UP, interval, told);
  }

  @Test
  void should_follow_what_is_published_and_rolled_back() throws Exception {
    try (ModelWatcher watcher = watcher(Duration.ofMillis(5))) {
      directory.publish(model(2));
      assertThat(told.swaps.poll(60, TimeUnit.SECONDS)).hasToString("model-000002.r4j");
      assertThat(answer(ranker)).isCloseTo(2, within(1e-5));

      directory.rollback();
      assertThat(told.swaps.poll(60, TimeUnit.SECONDS)).hasToString("model-000001.r4j");
      assertThat(answer(ranker)).isCloseTo(1, within(1e-5));
      assertThat(watcher.check()).isFalse();
    }
    assertThat(told.failures).isEmpty();
  }

  @Test
  void should_keep_the_old_model_and_say_so_once_when_the_new_one_fails_its_warm_up()
      throws IOException {
    try (ModelWatcher watcher = watcher(NEVER)) {
      directory.publish(model(Double.NaN));
      for (int look = 0; look < 3; look++) {
        assertThat(watcher.check()).isFalse();
      }
      assertThat(told.failures).hasSize(1);
      assertThat(told.failures.get(0)).hasMessageContaining("finite");
      assertThat(answer(ranker)).isCloseTo(1, within(1e-5));

      directory.publish(model(3));
      assertThat(watcher.check()).isTrue();
      assertThat(answer(ranker)).isCloseTo(3, within(1e-5));
    }
  }

  @Test
  void should_take_a_file_that_was_copied_by_half_once_it_is_whole() throws IOException {
    ModelVersion second = directory.publish(model(2));
    byte[] whole = Files.readAllBytes(second.file());
    Files.write(second.file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    try (ModelWatcher watcher = watcher(NEVER)) {
      assertThat(watcher.check()).isFalse();
      assertThat(watcher.check()).isFalse();
      assertThat(told.failures).hasSize(1);
      assertThat(told.failures.get(0)).isInstanceOf(ModelFileException.class);

      Files.write(second.file(), whole);
      assertThat(watcher.check()).isTrue();
      assertThat(answer(ranker)).isCloseTo(2, within(1e-5));
    }
  }

  @Test
  void should_try_again_a_file_that_could_not_be_read_and_say_so_once() throws IOException {
    ModelVersion second = directory.publish(model(2));
    Path away = temporary.resolve("away");
    Files.move(second.file(), away);
    try (ModelWatcher watcher = watcher(NEVER)) {
      assertThat(watcher.check()).isFalse();
      assertThat(watcher.check()).isFalse();
      assertThat(told.failures).hasSize(1);
      assertThat(told.failures.get(0)).isInstanceOf(NoSuchFileException.class);

      Files.move(away, second.file());
      assertThat(watcher.check()).isTrue();
      assertThat(told.failures).hasSize(1);
    }
  }

  @Test
  void should_say_once_that_the_list_of_versions_was_altered() throws IOException {
    Path current = directory.folder().resolve("current");
    String before = Files.readString(current);
    try (ModelWatcher watcher = watcher(NEVER)) {
      Files.writeString(current, "../../secret\n");
      assertThat(watcher.check()).isFalse();
      assertThat(watcher.check()).isFalse();
      assertThat(told.failures).hasSize(1);
      Files.writeString(current, before);
      assertThat(watcher.check()).isFalse();
      assertThat(answer(ranker)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void should_do_nothing_more_when_it_is_closed() throws IOException {
    ModelWatcher watcher = watcher(NEVER);
    watcher.close();
    watcher.close();
    directory.publish(model(2));
    assertThat(watcher.check()).isFalse();
    assertThat(answer(ranker)).isCloseTo(1, within(1e-5));
    assertThatThrownBy(() -> watcher(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
