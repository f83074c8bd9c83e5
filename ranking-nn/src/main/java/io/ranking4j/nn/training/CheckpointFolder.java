package io.ranking4j.nn.training;

import io.ranking4j.error.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, which holds the folder while it runs. A checkpoint is there
 * whole or not at all, and those before it stay until it is. Used by one thread.
 */
final class CheckpointFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String PREFIX = "checkpoint-";
  private static final String SUFFIX = ".r4c";
  private static final String LOCK = "lock";

  private final Checkpoints options;
  private final Map<String, String> identity;
  private final FileChannel channel;
  private int batches;
  private long written = System.nanoTime();

  private CheckpointFolder(Checkpoints options, Map<String, String> identity, FileChannel channel) {
    this.options = options;
    this.identity = identity;
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @param identity of the training
   * @throws IllegalStateException where another training has it
   * @throws UncheckedIOException where it cannot be made or written to
   */
  static CheckpointFolder open(Checkpoints options, Map<String, String> identity) {
    Path folder = options.folder();
    try {
      Files.createDirectories(folder);
      CheckpointFolder made = new CheckpointFolder(options, identity, lock(folder));
      made.deleteUnfinished();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoints cannot be written to '" + folder + "': " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      // Held as long as the channel is open: it goes with the process, however that ends.
      @SuppressWarnings("UnusedVariable")
      FileLock held = channel.tryLock();
      done = held != null;
    } catch (OverlappingFileLockException e) {
      throw inUse(folder, e);
    } finally {
      if (!done) {
        channel.close();
      }
    }
    if (!done) {
      throw inUse(folder, null);
    }
    return channel;
  }

  private static IllegalStateException inUse(Path folder, @Nullable Throwable cause) {
    return new IllegalStateException(
        "another training writes its checkpoints to '" + folder + "'", cause);
  }

  /** What a process that was killed had begun. */
  private void deleteUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(options.folder())) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("." + PREFIX) && name.endsWith(".tmp")) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Opens the last checkpoint that can be read; those after it are passed over with a warning.
   *
   * @return empty where there is none
   * @throws IllegalStateException where it is of another training
   */
  Optional<TrainingState> last() {
    try {
      List<Path> files = files();
      Collections.reverse(files);
      for (Path file : files) {
        try {
          TrainingState state = TrainingState.open(file);
          if (!state.identity().equals(identity)) {
            state.close();
            throw new IllegalStateException(
                "'"
                    + file
                    + "' is of another training, which this one cannot go on with: "
                    + differences(state.identity(), identity)
                    + "; give another folder, or delete this one");
          }
          return Optional.of(state);
        } catch (ModelFileException e) {
          LOG.warn("checkpoint passed over: {}", e.getMessage());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the checkpoints in '" + options.folder() + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static String differences(Map<String, String> theirs, Map<String, String> ours) {
    List<String> differences = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(theirs);
    all.putAll(ours);
    for (String name : all.keySet()) {
      String before = theirs.getOrDefault(name, "nothing");
      String now = ours.getOrDefault(name, "nothing");
      if (!before.equals(now)) {
        differences.add(name + " was " + before + " and is " + now);
      }
    }
    return String.join("; ", differences);
  }

  /** To be called after each batch: whether it is time for the next checkpoint. */
  boolean due() {
    batches++;
    boolean enough = options.batches() > 0 && batches >= options.batches();
    boolean late =
        !options.interval().isZero() && System.nanoTime() - written >= options.interval().toNanos();
    return enough || late;
  }

  /** Writes the state to a file. */
  @FunctionalInterface
  interface Writing {
    void writeTo(Path file, Map<String, String> identity) throws IOException;
  }

  /**
   * Writes the next checkpoint, and deletes what is no longer kept.
   *
   * @param steps that were done
   * @param epochs that ended
   * @throws UncheckedIOException where it cannot be written: those before it are as they were
   */
  void write(long steps, int epochs, Writing state) {
    // In the order of their names, that of the training.
    String name = String.format("%s%010d-%06d%s", PREFIX, steps, epochs, SUFFIX);
    Path file = options.folder().resolve(name);
    long began = System.nanoTime();
    try {
      state.writeTo(file, identity);
      // What is behind could not be read, or it would have been gone on from: it is written anew.
      List<Path> upToThis = files().stream().filter(f -> f.compareTo(file) <= 0).toList();
      for (int i = 0; i < upToThis.size() - options.keep(); i++) {
        Files.deleteIfExists(upToThis.get(i));
      }
      written = System.nanoTime();
      LOG.debug("wrote {}, {} bytes, in {} s", file, Files.size(file), (written - began) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoint '"
              + file
              + "' cannot be written ("
              + e.getMessage()
              + "); training can go on from the one before it",
          e);
    }
    batches = 0;
  }

  /** The checkpoints, the last one last. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(options.folder())) {
      return new ArrayList<>(
          files
              .filter(
                  file -> {
                    String name = String.valueOf(file.getFileName());
                    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                  })
              .sorted()
              .toList());
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the lock of '" + options.folder() + "' cannot be given back", e);
    }
  }
}
