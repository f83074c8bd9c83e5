package io.ranking4j.evaluation;

/** What becomes of rows of equal score in a ranked list. */
public enum Ties {
  /**
   * The earlier row ranks higher: what a stable sort shows the user. Flatters a model that scores
   * everything alike when the rows come in a favourable order.
   */
  ROW_ORDER,
  /**
   * The expected value over all orders of the tied rows, which does not depend on the order of the
   * rows.
   *
   * @see <a href="https://doi.org/10.1007/978-3-540-78646-7_38">McSherry and Najork, 2008</a>
   */
  AVERAGED
}
