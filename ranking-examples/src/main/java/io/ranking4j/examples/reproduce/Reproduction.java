package io.ranking4j.examples.reproduce;

import io.ranking4j.error.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Trains and measures every experiment of the tables of results. What is finished is kept in a
 * folder, so that a reproduction that was interrupted goes on where it stopped; what has been
 * changed since is trained anew.
 */
public final class Reproduction {
  private Reproduction() {}

  /** The letters of the tables, in the order in which they are made. */
  public static List<String> tables() {
    return Catalog.IDS;
  }

  /**
   * Makes tables.
   *
   * @param options which, and how
   * @param out where progress and finished tables are shown
   * @throws io.ranking4j.error.UnknownNameException where a table is not known
   * @throws DataException where a table is asked for whose data is not there
   * @throws IOException where the folder cannot be read or written
   */
  public static void run(ReproduceOptions options, PrintWriter out) throws IOException {
    StudySets data = new StudySets(options.data(), options.simulatedRows());
    Catalog catalog = new Catalog(data, new Budget(options.epochs()));
    List<String> ids = catalog.matching(options.only());
    List<String> missing = catalog.withoutData(ids);
    if (!missing.isEmpty() && !options.only().isEmpty()) {
      throw new DataException(
          "tables " + missing + " need data that is not in the folder of --data");
    }
    if (!missing.isEmpty()) {
      out.println("without tables " + missing + ", whose data is not in the folder of --data");
      ids = ids.stream().filter(id -> !missing.contains(id)).toList();
    }
    out.println("reading the data of tables " + ids);
    out.flush();
    new RunQueue(catalog.tables(ids), options.seeds(), options.out(), out, options.command())
        .run(options.threads());
    out.println("all tables are in " + options.out().resolve(RunQueue.TABLES));
    out.flush();
  }
}
