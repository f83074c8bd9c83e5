package io.ranking4j.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A name that nobody knows, with the names that are known. */
public final class UnknownNameException extends RankingException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LISTED = 50;

  /**
   * Creates the exception.
   *
   * @param kind what was looked for, in the singular: {@code "task"}, {@code "feature"}
   * @param name the unknown name
   * @param known the names that would have been found, in the order to list them
   */
  public UnknownNameException(String kind, String name, Collection<String> known) {
    super(ErrorCode.UNKNOWN_NAME, message(kind, name, known));
  }

  private static String message(String kind, String name, Collection<String> known) {
    List<String> listed = new ArrayList<>(known);
    String more = "";
    if (listed.size() > MAX_LISTED) {
      more = " and " + (listed.size() - MAX_LISTED) + " more";
      listed = listed.subList(0, MAX_LISTED);
    }
    return "unknown " + kind + " '" + name + "', known are " + listed + more;
  }
}
