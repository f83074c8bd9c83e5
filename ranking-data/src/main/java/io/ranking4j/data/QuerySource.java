package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a query, chunk by chunk; each reading runs the query anew. */
final class QuerySource implements DatasetSource {
  private final LogDatabase database;
  private final QueryPlan plan;
  private final String query;
  private final int chunkRows;

  QuerySource(LogDatabase database, QueryPlan plan, String query, int chunkRows) {
    this.database = database;
    this.plan = plan;
    this.query = query;
    this.chunkRows = chunkRows;
  }

  @Override
  public Chunks open() {
    Connection connection = database.connect();
    try {
      return new QueryChunks(connection);
    } catch (SQLException e) {
      throw closing(connection, database.failure("the query", e));
    } catch (RankingException e) {
      throw closing(connection, e);
    }
  }

  private static <E extends RuntimeException> E closing(Connection connection, E failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private final class QueryChunks implements Chunks {
    private final Connection connection;
    private final Statement statement;
    private final ResultSet result;
    private final List<ColumnReader> readers;
    private long row;
    private boolean more;
    private boolean closed;

    QueryChunks(Connection connection) throws SQLException {
      this.connection = connection;
      this.statement = connection.createStatement();
      this.result = statement.executeQuery(plan.sql());
      this.readers = plan.readers(Math.min(chunkRows, 1 << 12));
      this.more = advance();
      if (!more) {
        throw new DataException("the query gave no rows: " + query);
      }
    }

    @Override
    public boolean hasNext() {
      return more && !closed;
    }

    @Override
    public Dataset next() {
      if (closed) {
        throw new IllegalStateException("the reading is closed");
      }
      if (!more) {
        throw new NoSuchElementException("all " + row + " rows were read");
      }
      try {
        for (int i = 0; i < chunkRows && more; i++) {
          row++;
          for (ColumnReader reader : readers) {
            reader.read(result, row);
          }
          more = advance();
        }
      } catch (SQLException e) {
        throw explained(e);
      }
      return QueryPlan.take(readers);
    }

    /** Goes to the next row, and says whether there is one. */
    private boolean advance() throws SQLException {
      if (result.next()) {
        return !result.getBoolean(plan.endIndex());
      }
      throw explained(new SQLException("the result broke off after row " + row));
    }

    /**
     * The driver says no more than "invalid result set" or nothing where a streaming result fails
     * on the way; running the query once more says why.
     */
    private RankingException explained(SQLException onTheWay) {
      try (Statement again = connection.createStatement();
          ResultSet all = again.executeQuery(plan.sqlThatFailsAlike())) {
        all.next();
      } catch (SQLException e) {
        return database.failure("the query", e);
      }
      return database.failure("the query", onTheWay);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try (connection;
          statement;
          result) {
        more = false;
      } catch (SQLException e) {
        throw database.failure("closing the query", e);
      }
    }
  }
}
