package io.ranking4j.runtime;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.RankingException;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.file.ReadLimits;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model files that were altered at random. As they are, the checksum must find each of them; where
 * the checksum is computed again, as somebody who means harm would do, reading them must end in a
 * model that scores or in one error, without more memory than a file of that size may ask for.
 */
class AlteredModelFilesTest {
  private static final int CHECKSUM = Integer.BYTES;
  private static final int HEADER = 32;

  /** Bytes that reading a small file may allocate: buffers and what its objects take. */
  private static final long MOST_ALLOCATED = 32L << 20;

  private static final ReadLimits LIMITS = new ReadLimits(1 << 20, 1 << 18, 50, 100);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Dataset DATA =
      Dataset.builder()
          .column("user", CategoricalColumn.of(List.of("u1", "u2", "u1", "u3")))
          .column("item", CategoricalColumn.of(List.of("a", "b", "c", "a")))
          .column(
              "tags",
              ListColumn.of(
                  List.of(List.of("x", "y"), List.of(), List.of("y"), List.of("x", "x", "z"))))
          .column("price", NumericColumn.of(1, 2.5, -3, 4))
          .build();

  private final Path file;

  AlteredModelFilesTest(@TempDir Path folder) {
    this.file = folder.resolve("model.r4j");
  }

  private static RankingModel model() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user"))
            .candidate(
                categorical("item"),
                categorical("tags").multiValued(Pooling.MEAN),
                numeric("price"))
            .build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, DATA, 3);
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    Value hidden =
        builder.activate(
            "relu",
            builder.batchNorm("norm", builder.dense("hidden", builder.input(), 4)),
            Activation.PRELU);
    builder.output("click", builder.dense("click", hidden, 1));
    builder.output("order", builder.dense("order", hidden, 1));
    var plan = builder.build();
    Random random = new Random(3);
    List<EmbeddingTable> tables = new ArrayList<>();
    for (TableSpec spec : encoder.layout().tables()) {
      tables.add(new EmbeddingTable(spec, floats(random, spec.rows() * spec.width())));
    }
    return new RankingModel(
        encoder,
        tables,
        plan,
        floats(random, plan.parameterCount()),
        floats(random, plan.stateCount()),
        List.of(
            TaskOutput.uncorrected(Task.binary("click")),
            TaskOutput.uncorrected(Task.binary("order").residualFrom("click"))),
        Provenance.of(Map.of("data", "made up")));
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** One to three changes at random places, with those preferred where lengths and text stand. */
  private static byte[] altered(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(3); change >= 0; change--) {
      if (bytes.length < 2) {
        return bytes;
      }
      int reach = random.nextInt(3) == 0 ? Math.min(HEADER, bytes.length) : bytes.length;
      int at = random.nextInt(reach);
      bytes =
          switch (random.nextInt(8)) {
            case 0, 1 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2, 3 -> with(bytes, at, (byte) (' ' + random.nextInt(95)));
            case 4 -> extreme(bytes, at, random);
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> joined(bytes, at, at + random.nextInt(bytes.length - at));
            default -> joined(bytes, at + random.nextInt(bytes.length - at), at);
          };
    }
    return bytes;
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] extreme(byte[] bytes, int at, Random random) {
    long[] values = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, 0, 1 << 20};
    ByteBuffer eight = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    eight.putLong(0, values[random.nextInt(values.length)]);
    int length = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
    System.arraycopy(eight.array(), 0, bytes, at, Math.min(length, bytes.length - at));
    return bytes;
  }

  /** What comes before one place, and what comes from another on: something is cut or doubled. */
  private static byte[] joined(byte[] bytes, int to, int from) {
    byte[] joined = Arrays.copyOf(bytes, to + bytes.length - from);
    System.arraycopy(bytes, from, joined, to, bytes.length - from);
    return joined;
  }

  /** As somebody would who wants it to be read: with the length and the checksum that fit. */
  private static byte[] mended(byte[] bytes) {
    if (bytes.length < HEADER + CHECKSUM) {
      return bytes;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(16, bytes.length);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CHECKSUM);
    buffer.putInt(bytes.length - CHECKSUM, (int) crc.getValue());
    return bytes;
  }

  /** Whether it was read; whatever is thrown but the one error goes through. */
  private boolean loads(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    RankingModel model;
    try {
      model = RankingModel.load(file, LIMITS);
    } catch (ModelFileException e) {
      assertThat(e).hasMessageNotContaining("null").message().isNotBlank();
      return false;
    }
    try (Scorer scorer = Scorer.of(model, new JavaKernels())) {
      scorer.score(DATA);
    } catch (RankingException e) {
      // The altered schema asks for other columns.
      assertThat(e.getMessage()).isNotBlank();
    }
    return true;
  }

  private void check(int files, long seed) throws IOException {
    model().save(file);
    byte[] original = Files.readAllBytes(file);
    assertThat(loads(original)).isTrue();
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < files; i++) {
      byte[] bytes = altered(original, random);
      boolean mend = i % 2 == 0;
      if (mend) {
        bytes = mended(bytes);
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean loaded;
      try {
        loaded = loads(bytes);
      } catch (RuntimeException e) {
        throw new AssertionError("file " + i + " of seed " + seed + (mend ? ", mended" : ""), e);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes for file %d of seed %d", i, seed).isLessThan(MOST_ALLOCATED);
      if (loaded && !mend) {
        assertThat(bytes).as("file %d of seed %d, which was read", i, seed).isEqualTo(original);
      }
      read += loaded && mend ? 1 : 0;
    }
    // Numbers may become others, and what is read then must have been reached at all.
    assertThat(read).as("files with a right checksum that were read, seed %d", seed).isPositive();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void should_never_take_an_altered_file_for_a_model() throws IOException {
    check(3_000, System.nanoTime());
  }

  @Test
  @Tag("slow")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void should_never_take_one_of_a_hundred_thousand_altered_files_for_a_model() throws IOException {
    check(100_000, System.nanoTime());
  }
}
