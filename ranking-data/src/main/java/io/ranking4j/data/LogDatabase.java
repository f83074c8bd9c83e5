package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * Reads logs from CSV (plain or gzip) and Parquet through SQL, by an embedded DuckDB that lives in
 * memory and is gone when closed. Files are named as tables first, then queried; from the first
 * query on, SQL reaches no other file and no setting (see {@link LogOptions#restrictAccess}), and
 * it never loads an extension or opens a connection to elsewhere.
 *
 * <p>Everything that files and queries can have wrong is a {@link DataException} or an {@link
 * io.ranking4j.error.UnknownNameException}. Rows in messages count from 1 in the result of the
 * query, lines from 1 in the file.
 *
 * <p>Not safe to share between threads; the sources that it makes may each be read by another
 * thread, as long as the database is open.
 */
public final class LogDatabase implements AutoCloseable {
  /** How many rows a chunk has when nothing else is said. */
  public static final int DEFAULT_CHUNK_ROWS = 1 << 16;

  private static final String PARQUET = ".parquet";

  /** What makes the database look for files instead of opening one. */
  private static final Pattern PATTERN = Pattern.compile("[*?\\[]");

  private final LogOptions options;
  private final DuckDBConnection connection;
  private final Path tempDirectory;
  private final Map<String, List<String>> tables = new LinkedHashMap<>();
  private final List<Path> files = new ArrayList<>();
  private boolean sealed;
  private boolean closed;

  private LogDatabase(LogOptions options, DuckDBConnection connection, Path tempDirectory) {
    this.options = options;
    this.connection = connection;
    this.tempDirectory = tempDirectory;
  }

  /** Opens a database with {@linkplain LogOptions#defaults default options}. */
  public static LogDatabase open() {
    return open(LogOptions.defaults());
  }

  /**
   * Opens a database; whoever calls closes.
   *
   * @throws UncheckedIOException where no temporary directory can be made
   */
  public static LogDatabase open(LogOptions options) {
    Path temp;
    try {
      temp =
          options.tempDirectory().isPresent()
              ? Files.createTempDirectory(options.tempDirectory().get(), "ranking4j-")
              : Files.createTempDirectory("ranking4j-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for the database", e);
    }
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("preserve_insertion_order", "true");
    properties.setProperty("memory_limit", options.memoryLimitMb() + "MB");
    properties.setProperty("threads", String.valueOf(options.threads()));
    properties.setProperty("temp_directory", temp.toString());
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      return new LogDatabase(options, connection.unwrap(DuckDBConnection.class), temp);
    } catch (SQLException e) {
      delete(temp);
      throw new IllegalStateException("the embedded database cannot be opened", e);
    }
  }

  /**
   * Names files as one table: {@code .parquet}, or {@code .csv}, {@code .tsv} and {@code .txt},
   * also with {@code .gz} after it, with a header. The files follow one another in the order given,
   * and must have the same columns. Nothing is kept in memory: a query reads them.
   *
   * @throws DataException where a file is missing, empty, broken or differs from the first, or a
   *     path has one of the characters {@code * ? [}
   * @throws IllegalArgumentException where the ending is another one, or the name is taken
   * @throws IllegalStateException after the first query, where access is restricted
   */
  public LogDatabase table(String name, Path... paths) {
    if (paths.length > 0 && paths[0].toString().endsWith(PARQUET)) {
      return parquet(name, paths);
    }
    boolean tabs = false;
    for (Path path : paths) {
      String plain = path.toString().replaceFirst("\\.gz$", "");
      tabs = plain.endsWith(".tsv");
      if (!tabs && !plain.endsWith(".csv") && !plain.endsWith(".txt")) {
        throw new IllegalArgumentException(
            "the ending of "
                + path
                + " must be .parquet, .csv, .tsv or .txt, the last three also with .gz; for CSV"
                + " under another name use csv(...)");
      }
    }
    CsvOptions csv = CsvOptions.defaults();
    return csv(name, tabs ? csv.delimiter('\t') : csv, paths);
  }

  /** Names CSV files as one table, however they are called; see {@link #table}. */
  public LogDatabase csv(String name, CsvOptions csv, Path... paths) {
    List<Path> absolute = accept(name, paths);
    CsvTable table = new CsvTable(csv, absolute);
    return define(name, absolute, table.scan(this));
  }

  /** Names Parquet files as one table, however they are called; see {@link #table}. */
  public LogDatabase parquet(String name, Path... paths) {
    List<Path> absolute = accept(name, paths);
    Map<String, String> first = Map.of();
    for (Path file : absolute) {
      Map<String, String> types = describe("file " + file, readParquet(List.of(file)));
      if (first.isEmpty()) {
        first = types;
      } else if (!first.keySet().equals(types.keySet())) {
        throw new DataException(
            "file "
                + file
                + " has the columns "
                + types.keySet()
                + ", but "
                + absolute.get(0)
                + " has "
                + first.keySet());
      }
    }
    return define(name, absolute, readParquet(absolute));
  }

  private static String readParquet(List<Path> paths) {
    return "SELECT * FROM read_parquet(" + Sql.paths(paths) + ")";
  }

  /**
   * Runs a query once and keeps its rows, in their order, as a table: for a join or a sort that
   * many readings share. What exceeds the limit of memory goes to the temporary directory.
   *
   * @throws IllegalArgumentException where the name is taken
   */
  public LogDatabase load(String name, String sql) {
    checkName(name);
    seal();
    execute(
        "table '" + name + "'", "CREATE TABLE " + Sql.name(name) + " AS SELECT *" + Sql.from(sql));
    tables.put(name, List.copyOf(describe(name, "SELECT * FROM " + Sql.name(name)).keySet()));
    return this;
  }

  /**
   * Reads all rows of a query.
   *
   * @throws DataException where a value is not what its column is needed as, or there are no rows
   * @throws io.ranking4j.error.UnknownNameException where a table or column is not there
   */
  public Dataset read(String sql, Columns columns) {
    try (DatasetSource.Chunks chunks = source(sql, columns, Integer.MAX_VALUE).open()) {
      return chunks.next();
    }
  }

  /** The rows of a query in chunks of {@value #DEFAULT_CHUNK_ROWS}. */
  public DatasetSource source(String sql, Columns columns) {
    return source(sql, columns, DEFAULT_CHUNK_ROWS);
  }

  /**
   * The rows of a query chunk by chunk, in memory one at a time; each chunk has its own
   * dictionaries. Every reading runs the query anew and so must give the same order: let it sort by
   * columns of which no two rows have the same, or select from one table without sorting (the order
   * of files and of {@linkplain #load loaded} tables is kept). Sort a large log once with {@link
   * #load}, not in every reading.
   *
   * @param chunkRows rows of a chunk, at least 1; the last may have fewer
   * @throws io.ranking4j.error.UnknownNameException where a table or column is not there
   */
  public DatasetSource source(String sql, Columns columns, int chunkRows) {
    if (chunkRows < 1) {
      throw new IllegalArgumentException("chunkRows must be at least 1, but was " + chunkRows);
    }
    checkOpen();
    seal();
    Map<String, String> types = describe("the query", "SELECT *" + Sql.from(sql));
    return new QuerySource(this, new QueryPlan(sql, types, columns), sql, chunkRows);
  }

  /** The columns of every table by name: a copy. */
  public Map<String, List<String>> tables() {
    return new LinkedHashMap<>(tables);
  }

  /** Frees the memory and deletes the temporary files; closing again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded database cannot be closed", e);
    } finally {
      delete(tempDirectory);
    }
  }

  /** Another connection to the same tables, for one reading. */
  Connection connect() {
    checkOpen();
    try {
      return connection.duplicate();
    } catch (SQLException e) {
      throw failure("the query", e);
    }
  }

  /** The SQL types of a query's columns by name. */
  Map<String, String> describe(String what, String select) {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE " + select)) {
      while (result.next()) {
        types.put(result.getString(1), result.getString(2));
      }
    } catch (SQLException e) {
      throw failure(what, e);
    }
    return types;
  }

  /** Whether a query gives any row. */
  boolean hasRows(String what, String select) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1" + Sql.from(select) + " LIMIT 1")) {
      return result.next();
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  void execute(String what, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  RankingException failure(String what, SQLException e) {
    return SqlErrors.of(what, e, tables);
  }

  private List<Path> accept(String name, Path... paths) {
    checkName(name);
    if (sealed && options.restrictAccess()) {
      throw new IllegalStateException(
          "table '"
              + name
              + "' must be named before the first query, from which on no other file can be"
              + " reached; see LogOptions.unrestrictedAccess()");
    }
    if (paths.length == 0) {
      throw new IllegalArgumentException("table '" + name + "' needs at least one file");
    }
    List<Path> absolute = Stream.of(paths).map(Path::toAbsolutePath).map(Path::normalize).toList();
    for (Path file : absolute) {
      if (PATTERN.matcher(file.toString()).find()) {
        throw new DataException(
            "file "
                + file
                + " must have none of the characters * ? [ in its path: the database would take it"
                + " for a pattern, and read other files");
      }
      if (!Files.isRegularFile(file)) {
        throw new DataException("file " + file + " does not exist or is no regular file");
      }
      try {
        if (Files.size(file) == 0) {
          throw new DataException("file " + file + " is empty");
        }
      } catch (IOException e) {
        throw new DataException("file " + file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return absolute;
  }

  private LogDatabase define(String name, List<Path> absolute, String select) {
    String what = "table '" + name + "' of " + absolute;
    if (!hasRows(what, select)) {
      throw new DataException(what + " has no rows");
    }
    execute(what, "CREATE VIEW " + Sql.name(name) + " AS " + select);
    tables.put(name, List.copyOf(describe(what, select).keySet()));
    files.addAll(absolute);
    return this;
  }

  private void checkName(String name) {
    checkOpen();
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a table must not be blank");
    }
    Optional<String> taken = tables.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
    if (taken.isPresent()) {
      throw new IllegalArgumentException("table '" + taken.get() + "' is named twice");
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
  }

  private void seal() {
    if (sealed) {
      return;
    }
    if (options.restrictAccess()) {
      String what = "restricting access";
      execute(what, "SET allowed_paths = " + Sql.paths(files));
      execute(what, "SET enable_external_access = false");
      execute(what, "SET lock_configuration = true");
    }
    sealed = true;
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files in " + directory + " cannot be deleted", e);
    }
  }
}
