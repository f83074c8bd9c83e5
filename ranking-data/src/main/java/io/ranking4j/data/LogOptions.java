package io.ranking4j.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link LogDatabase} may use.
 *
 * @param memoryLimitMb most memory of the database in megabytes, outside of the Java heap; what
 *     does not fit is written to the temporary directory
 * @param threads threads that a query runs on, at least 1
 * @param tempDirectory where to put temporary files; without one, a directory is made for the
 *     database and deleted when it is closed
 * @param restrictAccess whether SQL is kept from all files other than the tables' and temporary
 *     ones; tables are then named before the first query
 */
public record LogOptions(
    int memoryLimitMb, int threads, Optional<Path> tempDirectory, boolean restrictAccess) {
  /** Most memory when nothing else is said, in megabytes. */
  public static final int DEFAULT_MEMORY_LIMIT_MB = 2048;

  /** Least memory, in megabytes: below it the database cannot sort. */
  public static final int MIN_MEMORY_LIMIT_MB = 64;

  /** Refuses too little memory and no thread. */
  public LogOptions {
    if (memoryLimitMb < MIN_MEMORY_LIMIT_MB) {
      throw new IllegalArgumentException(
          "the memory limit must be at least "
              + MIN_MEMORY_LIMIT_MB
              + " MB, but was "
              + memoryLimitMb);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
  }

  /** {@value #DEFAULT_MEMORY_LIMIT_MB} MB, as many threads as processors, restricted access. */
  public static LogOptions defaults() {
    return new LogOptions(
        DEFAULT_MEMORY_LIMIT_MB,
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        true);
  }

  /** With another limit of memory, in megabytes. */
  public LogOptions memoryLimitMb(int limit) {
    return new LogOptions(limit, threads, tempDirectory, restrictAccess);
  }

  /** With another number of threads. */
  public LogOptions threads(int number) {
    return new LogOptions(memoryLimitMb, number, tempDirectory, restrictAccess);
  }

  /** With temporary files in that directory, which must exist. */
  public LogOptions tempDirectory(Path directory) {
    return new LogOptions(memoryLimitMb, threads, Optional.of(directory), restrictAccess);
  }

  /**
   * With SQL that may read (and write) every file that the process may: for queries that are
   * trusted, and tables that are named between them.
   */
  public LogOptions unrestrictedAccess() {
    return new LogOptions(memoryLimitMb, threads, tempDirectory, false);
  }
}
