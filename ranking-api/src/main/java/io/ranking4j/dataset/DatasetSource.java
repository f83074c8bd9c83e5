package io.ranking4j.dataset;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Impressions that can be read from the start as often as needed, chunk by chunk, so that a log may
 * be larger than memory. Every reading gives the same rows in the same order. A {@link Dataset} is
 * one of a single chunk.
 */
public interface DatasetSource {
  /** Starts reading; whoever calls closes. */
  Chunks open();

  /** How negatives were sampled, if they were. */
  default Optional<NegativeSampling> negativeSampling() {
    return Optional.empty();
  }

  /** The counts of rate features as of the end of these rows, by feature. */
  default Map<String, RateTable> rateTables() {
    return Map.of();
  }

  /** A reading under way; used by one thread. */
  interface Chunks extends Iterator<Dataset>, AutoCloseable {
    @Override
    void close();

    /** All rows as one chunk. */
    static Chunks of(Dataset dataset) {
      Iterator<Dataset> all = List.of(dataset).iterator();
      return new Chunks() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Dataset next() {
          return all.next();
        }

        @Override
        public void close() {}
      };
    }
  }
}
