package io.ranking4j.runtime.publish;

import static io.ranking4j.runtime.publish.TestModels.model;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PublishingProcessesTest {
  private final Path temporary;

  PublishingProcessesTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void should_give_each_model_a_version_when_two_processes_publish() throws Exception {
    Path folder = temporary.resolve("models");
    Process one = PublishingProcess.start(folder, 10);
    Process other = PublishingProcess.start(folder, 10);
    try {
      assertThat(one.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(other.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      one.destroyForcibly();
      other.destroyForcibly();
    }

    assertThat(List.of(one.exitValue(), other.exitValue())).as(() -> log()).containsExactly(0, 0);
    ModelVersion current = ModelDirectory.of(folder).current().orElseThrow();
    assertThat(current.number()).isEqualTo(20);
    current.load();
  }

  @Test
  void should_always_serve_a_whole_model_when_processes_are_killed() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path folder = temporary.resolve("models");
    ModelDirectory directory = ModelDirectory.of(folder);
    directory.publish(model(0));
    long last = 1;
    HashSet<Long> reached = new HashSet<>();
    for (int kill = 0; kill < 6; kill++) {
      Process process = PublishingProcess.start(folder, 1_000_000);
      try {
        // Killed somewhere within a publishing, not while Java starts.
        while (directory.current().orElseThrow().number() == last && process.isAlive()) {
          Thread.onSpinWait();
        }
        long until = System.nanoTime() + random.nextInt(20_000_000);
        while (System.nanoTime() < until) {
          read(directory, seed);
        }
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      long now = read(directory, seed);
      assertThat(now).as(() -> "seed " + seed + log()).isGreaterThan(last);
      last = now;
      reached.add(now);
    }
    assertThat(directory.publish(model(-1)).number()).isGreaterThan(last);
    assertThat(directory.rollback().number()).as("seed %d", seed).isEqualTo(last);
    assertThat(reached).hasSize(6);
  }

  /** The current version must load, but where it was pruned since it was looked up. */
  private static long read(ModelDirectory directory, long seed) throws IOException {
    Optional<ModelVersion> current = directory.current();
    assertThat(current).as("seed %d", seed).isPresent();
    try {
      current.get().load();
    } catch (java.nio.file.NoSuchFileException e) {
      assertThat(directory.current().orElseThrow().number())
          .as("seed %d, %s is gone", seed, current.get())
          .isGreaterThan(current.get().number());
    }
    return current.get().number();
  }

  private String log() {
    try {
      return " " + Files.readString(temporary.resolve("process.log"));
    } catch (IOException e) {
      return " no log: " + e;
    }
  }
}
