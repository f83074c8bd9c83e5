package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandTest {
  private final Path folder;
  private final List<String> train;

  CheckpointCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.train =
        Stream.concat(
                CommandRun.small("train").stream(),
                Stream.of(
                    "--epochs",
                    "2",
                    "--checkpoint",
                    folder.resolve("checkpoints").toString(),
                    "--checkpoint-every",
                    "10"))
            .toList();
  }

  @Test
  void should_go_on_where_checkpoints_are_and_refuse_those_of_another_training()
      throws IOException {
    Path first = folder.resolve("first.r4j");
    CommandRun whole = CommandRun.of(train, "--out", first.toString());
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("epoch 1 ", "epoch 2 ").doesNotContain("going on");
    Path checkpoints = folder.resolve("checkpoints");
    List<Path> written = files(checkpoints);
    assertThat(written).hasSize(2);
    Files.delete(written.get(1));

    Path second = folder.resolve("second.r4j");
    CommandRun resumed = CommandRun.of(train, "--out", second.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("of epoch 2", "epoch 2 ").doesNotContain("epoch 1 ");
    assertThat(RankingModel.load(second).parameters())
        .isEqualTo(RankingModel.load(first).parameters());

    CommandRun other = CommandRun.of(train, "--batch-size", "77");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err())
        .startsWith("error: '" + checkpoints)
        .contains("is of another training", "option.batchSize was 256 and is 77");
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(".r4c")).sorted().toList();
    }
  }

  @Test
  void should_say_what_is_wrong_before_anything_is_read() throws IOException {
    CommandRun alone = CommandRun.of("train", "--checkpoint-every", "10");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("--checkpoint-every goes with --checkpoint");
    CommandRun negative =
        CommandRun.of("train", "--checkpoint", folder.toString(), "--checkpoint-every", "-1");
    assertThat(negative.code()).isEqualTo(2);
    assertThat(negative.err()).contains("batches must be at least 0, but was -1");

    Path file = Files.writeString(folder.resolve("checkpoints"), "a file");
    CommandRun noFolder = CommandRun.of(train);
    assertThat(noFolder.code()).isEqualTo(1);
    assertThat(noFolder.err()).contains("checkpoints cannot be written to '" + file + "'");
  }
}
