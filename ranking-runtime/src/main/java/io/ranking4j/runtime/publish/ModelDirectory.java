package io.ranking4j.runtime.publish;

import io.ranking4j.io.AtomicFile;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.file.ModelFileReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder of model versions, one of which is to be served:
 *
 * <pre>
 * models/model-000041.r4j     a version; never changed
 * models/model-000042.r4j
 * models/current              names of versions, the one to serve first
 * models/rejected/            why models were not published
 * </pre>
 *
 * <p>Publishing writes a whole file under a new version, and then lets {@code current} say so, in
 * one step each: whoever reads, and whatever ends the process in between, finds the old version or
 * the new one. Several processes may publish; a lock on a file of the folder lets one at a time.
 * Reading takes no lock. Immutable and safe to share.
 *
 * <pre>{@code
 * ModelDirectory models = ModelDirectory.of(Path.of("models"));
 * models.publish(model);
 * models.rollback();                                        // the version before serves again
 * RankingModel serving = models.current().orElseThrow().load();
 * }</pre>
 */
public final class ModelDirectory {
  /** How many versions stay when nothing else is said. */
  public static final int DEFAULT_RETAINED = 10;

  /** How many reasons for a rejection stay. */
  private static final int RETAINED_REJECTIONS = 100;

  private static final String LOCK = ".lock";
  private static final String REJECTED = "rejected";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** A lock on a file is the process's: its threads need one of their own. */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private final Path folder;
  private final int retained;

  private ModelDirectory(Path folder, int retained) {
    this.folder = folder.toAbsolutePath();
    this.retained = retained;
  }

  /** A directory in that folder, which is made by the first publishing. */
  public static ModelDirectory of(Path folder) {
    return new ModelDirectory(folder, DEFAULT_RETAINED);
  }

  /**
   * With another number of versions that stay when one is published: the newest, and always the
   * current one and the one before it.
   *
   * @param versions at least 2
   */
  public ModelDirectory retain(int versions) {
    if (versions < 2) {
      throw new IllegalArgumentException(
          "a model directory must retain at least 2 versions, but was told " + versions);
    }
    return new ModelDirectory(folder, versions);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /**
   * The version to serve; empty before the first was published.
   *
   * @throws io.ranking4j.error.ModelFileException where the file that says so was altered
   * @throws IOException where it cannot be read
   */
  public Optional<ModelVersion> current() throws IOException {
    return CurrentFile.read(folder).stream()
        .findFirst()
        .map(number -> version(number, ModelVersion.Status.CURRENT));
  }

  /**
   * All versions that are there, the newest first.
   *
   * @throws io.ranking4j.error.ModelFileException where the file that says which is current was
   *     altered
   * @throws IOException where the folder cannot be read
   */
  public List<ModelVersion> versions() throws IOException {
    List<Long> served = CurrentFile.read(folder);
    List<ModelVersion> versions = new ArrayList<>();
    for (long number : models()) {
      int place = served.indexOf(number);
      versions.add(
          version(
              number,
              place < 0
                  ? ModelVersion.Status.UNUSED
                  : place == 0 ? ModelVersion.Status.CURRENT : ModelVersion.Status.EARLIER));
    }
    Collections.reverse(versions);
    return versions;
  }

  private ModelVersion version(long number, ModelVersion.Status status) {
    return new ModelVersion(number, folder.resolve(ModelVersion.name(number)), status);
  }

  /** Publishes a model that comes alone; see {@link #publish(RankingModel, List)}. */
  public ModelVersion publish(RankingModel model) throws IOException {
    return publish(model, List.of());
  }

  /**
   * Writes a model as a new version, reads the file back, and makes it the current one. What then
   * exceeds the versions to retain is deleted.
   *
   * @param companions files to lie beside it
   * @throws IOException where something cannot be written; what was current still is
   * @throws io.ranking4j.error.ModelFileException where the file that was written does not read
   *     back, or the one that says which version is current was altered
   */
  public ModelVersion publish(RankingModel model, List<Companion> companions) throws IOException {
    Files.createDirectories(folder);
    return locked(
        () -> {
          deleteLeftovers();
          List<Long> served = CurrentFile.read(folder);
          long number = nextNumber(served);
          ModelVersion version = version(number, ModelVersion.Status.CURRENT);
          for (Companion companion : companions) {
            companion.writer().write(version.beside(companion.extension()));
          }
          model.save(version.file());
          ModelFileReader.open(version.file()).close();

          Set<Long> kept = kept(number, served);
          List<Long> reachable = new ArrayList<>(List.of(number));
          served.stream().filter(kept::contains).forEach(reachable::add);
          CurrentFile.write(folder, reachable);
          deleteAllBut(kept);
          return version;
        });
  }

  /** Numbers are not used twice, whatever is left of the version that had them. */
  private long nextNumber(List<Long> served) throws IOException {
    long last = served.stream().mapToLong(Long::longValue).max().orElse(0);
    for (String name : names()) {
      last = Math.max(last, ModelVersion.number(name).orElse(0));
    }
    return last + 1;
  }

  private Set<Long> kept(long added, List<Long> served) throws IOException {
    Set<Long> kept = new HashSet<>(Set.of(added));
    served.stream().limit(1).forEach(kept::add);
    List<Long> newest = new ArrayList<>(models());
    Collections.reverse(newest);
    newest.stream().limit(retained).forEach(kept::add);
    return kept;
  }

  /**
   * Makes the version current again that was so before the current one. Done once more, it goes
   * back one more; the next publishing follows on the version that was gone back to. Files of the
   * versions that are left stay until they are no longer to be retained.
   *
   * @return the version that is current now
   * @throws IllegalStateException where there is none to go back to; what was current still is
   * @throws IOException where that cannot be written down; what was current still is
   */
  public ModelVersion rollback() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("there is no version in '" + folder + "' to go back to");
    }
    return locked(
        () -> {
          List<Long> served = CurrentFile.read(folder);
          Set<Long> there = models();
          List<Long> earlier = served.stream().skip(1).filter(there::contains).toList();
          if (earlier.isEmpty()) {
            throw new IllegalStateException(
                "there is no version in '"
                    + folder
                    + "' to go back to"
                    + (served.isEmpty() ? "" : " from " + ModelVersion.name(served.get(0))));
          }
          CurrentFile.write(folder, earlier);
          return version(earlier.get(0), ModelVersion.Status.CURRENT);
        });
  }

  /**
   * Leaves the reason why a model was not published, as two files of the folder {@code rejected}.
   * The newest hundred reasons stay.
   *
   * @param text for people
   * @param json the same for machines
   * @return the text file
   */
  public Path reject(String text, String json) throws IOException {
    Path rejections = Files.createDirectories(folder.resolve(REJECTED));
    return locked(
        () -> {
          String name =
              TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
          AtomicFile.writeString(rejections.resolve(name + ".json"), json);
          Path readable = rejections.resolve(name + ".txt");
          AtomicFile.writeString(readable, text);
          TreeSet<String> oldestFirst = new TreeSet<>(names(rejections));
          while (oldestFirst.size() > 2 * RETAINED_REJECTIONS) {
            Files.deleteIfExists(rejections.resolve(oldestFirst.pollFirst()));
          }
          return readable;
        });
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** One at a time, among the threads of this process and among processes. */
  private <T> T locked(Work<T> work) throws IOException {
    WITHIN_PROCESS.lock();
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return work.run();
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  /** The numbers of the model files, ascending. */
  private NavigableSet<Long> models() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    for (String name : names()) {
      ModelVersion.modelNumber(name).ifPresent(numbers::add);
    }
    return numbers;
  }

  private List<String> names() throws IOException {
    return Files.isDirectory(folder) ? names(folder) : List.of();
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    return names;
  }

  /** Who holds the lock is the only writer: unfinished files are of a process that was ended. */
  private void deleteLeftovers() throws IOException {
    for (String name : names()) {
      boolean ours = name.startsWith(".model-") || name.startsWith("." + CurrentFile.NAME + ".");
      if (ours && name.endsWith(".tmp")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private void deleteAllBut(Set<Long> kept) throws IOException {
    for (String name : names()) {
      OptionalLong number = ModelVersion.number(name);
      if (number.isPresent() && !kept.contains(number.getAsLong())) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  @Override
  public String toString() {
    return "ModelDirectory[" + folder + "]";
  }
}
