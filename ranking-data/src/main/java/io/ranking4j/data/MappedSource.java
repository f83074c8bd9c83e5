package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.RateTable;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source whose chunks are changed one after the other; chunks without rows are left out. */
final class MappedSource implements DatasetSource {
  private final DatasetSource source;
  private final Supplier<Step> steps;
  private final Optional<NegativeSampling> sampling;
  private final Map<String, RateTable> rateTables;

  /** Changes the chunks of one reading. */
  interface Step {
    /**
     * Changes a chunk.
     *
     * @param firstRow how many rows came before it in this reading
     */
    Dataset apply(Dataset chunk, long firstRow);
  }

  MappedSource(
      DatasetSource source,
      Supplier<Step> steps,
      Optional<NegativeSampling> sampling,
      Map<String, RateTable> rateTables) {
    this.source = source;
    this.steps = steps;
    this.sampling = sampling;
    this.rateTables = Map.copyOf(rateTables);
  }

  @Override
  public Optional<NegativeSampling> negativeSampling() {
    return sampling;
  }

  @Override
  public Map<String, RateTable> rateTables() {
    return rateTables;
  }

  @Override
  public Chunks open() {
    return new MappedChunks(source.open(), steps.get());
  }

  private static final class MappedChunks implements Chunks {
    private final Chunks chunks;
    private final Step step;
    private long row;
    private @Nullable Dataset next;

    MappedChunks(Chunks chunks, Step step) {
      this.chunks = chunks;
      this.step = step;
    }

    @Override
    public boolean hasNext() {
      while (next == null && chunks.hasNext()) {
        Dataset chunk = chunks.next();
        Dataset changed = step.apply(chunk, row);
        row += chunk.rows();
        next = changed.rows() > 0 ? changed : null;
      }
      return next != null;
    }

    @Override
    public Dataset next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("all " + row + " rows were read");
      }
      Dataset chunk = next;
      next = null;
      return chunk;
    }

    @Override
    public void close() {
      next = null;
      chunks.close();
    }
  }
}
