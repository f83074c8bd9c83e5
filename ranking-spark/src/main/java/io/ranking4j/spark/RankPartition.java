package io.ranking4j.spark;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Scores, fuses and ranks the requests of a partition, whose rows lie side by side. */
final class RankPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Most rows of one request, as all of them are held at once. */
  static final int MAX_CANDIDATES = 100_000;

  private final String model;
  private final StructType types;
  private final int batchRows;
  private final String[] fusion;
  private final String request;

  RankPartition(String model, StructType types, int batchRows, String[] fusion, String request) {
    this.model = model;
    this.types = types;
    this.batchRows = batchRows;
    this.fusion = fusion;
    this.request = request;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Scorer scorer = ScorePartition.scorer(model);
    Fusion made = FusionReference.create(fusion);
    InputColumns inputs =
        InputColumns.of(scorer.model().schema(), types)
            .and(InputColumns.numbers("the fusion's signals", made.signals(), types));
    return new RankedRequests(rows, scorer, made, inputs);
  }

  private final class RankedRequests extends ScorePartition.Batches {
    private final Iterator<Row> rows;
    private final Scorer scorer;
    private final Fusion fusion;
    private final InputColumns inputs;
    private final int key = types.fieldIndex(request);

    /** The first row of the next request, once it was seen. */
    private @Nullable Row ahead;

    RankedRequests(Iterator<Row> rows, Scorer scorer, Fusion fusion, InputColumns inputs) {
      this.rows = rows;
      this.scorer = scorer;
      this.fusion = fusion;
      this.inputs = inputs;
    }

    @Override
    boolean hasMore() {
      return ahead != null || rows.hasNext();
    }

    /** As many whole requests as make a batch, at least one. */
    @Override
    Iterator<Row> nextBatch() {
      List<Row> batch = new ArrayList<>();
      List<Integer> starts = new ArrayList<>();
      Object current = null;
      while (hasMore()) {
        Row row = ahead == null ? rows.next() : ahead;
        ahead = null;
        Object id = row.get(key);
        if (id == null) {
          throw new DataException("the request '" + request + "' must not be null");
        }
        if (starts.isEmpty() || !id.equals(current)) {
          if (batch.size() >= batchRows) {
            ahead = row;
            break;
          }
          starts.add(batch.size());
          current = id;
        }
        batch.add(row);
        if (batch.size() - starts.get(starts.size() - 1) > MAX_CANDIDATES) {
          throw new DataException(
              "a request may have at most "
                  + MAX_CANDIDATES
                  + " candidates, but '"
                  + current
                  + "' has more");
        }
      }
      starts.add(batch.size());
      return ranked(batch, starts).iterator();
    }

    private List<Row> ranked(List<Row> batch, List<Integer> starts) {
      Dataset data = inputs.read(batch);
      Map<String, double[]> predictions = scorer.score(data);
      List<Row> ranked = new ArrayList<>(batch.size());
      for (int r = 0; r + 1 < starts.size(); r++) {
        int from = starts.get(r);
        int to = starts.get(r + 1);
        Map<String, double[]> own = new LinkedHashMap<>();
        predictions.forEach((task, column) -> own.put(task, Arrays.copyOfRange(column, from, to)));
        double[] utility = new double[to - from];
        fusion.fuse(new CandidatePredictions(to - from, own, signals(data, from, to)), utility);
        add(batch.subList(from, to), own, utility, ranked);
      }
      return ranked;
    }

    private Map<String, double[]> signals(Dataset data, int from, int to) {
      Map<String, double[]> signals = new LinkedHashMap<>();
      for (String signal : fusion.signals()) {
        NumericColumn column = data.column(signal, NumericColumn.class);
        for (int row = from; row < to; row++) {
          if (column.isMissing(row)) {
            throw new DataException("signal '" + signal + "' of the fusion must not be null");
          }
        }
        signals.put(signal, Arrays.copyOfRange(column.values(), from, to));
      }
      return signals;
    }

    private void add(
        List<Row> rows, Map<String, double[]> predictions, double[] utility, List<Row> ranked) {
      for (double value : utility) {
        if (!Double.isFinite(value)) {
          throw new IllegalStateException(
              "a utility by fusion '" + fusion.typeId() + "' must be finite, but was " + value);
        }
      }
      List<Integer> order =
          IntStream.range(0, utility.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -utility[i]))
              .toList();
      for (int place = 0; place < order.size(); place++) {
        int index = order.get(place);
        Row row = Objects.requireNonNull(rows.get(index));
        Object[] values = ScorePartition.values(row, predictions.size() + 2);
        int at = row.size();
        for (double[] column : predictions.values()) {
          values[at++] = column[index];
        }
        values[at++] = utility[index];
        values[at] = place + 1;
        ranked.add(RowFactory.create(values));
      }
    }
  }
}
