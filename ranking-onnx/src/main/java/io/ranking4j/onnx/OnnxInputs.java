package io.ranking4j.onnx;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Side;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays that go into the graph of an {@link OnnxExport}, by the names of its inputs, row after
 * row. With ONNX Runtime:
 *
 * <pre>{@code
 * OnnxInputs inputs = OnnxInputs.of(encoder.encode(data));
 * inputs.ids().forEach((name, ids) -> tensors.put(name,
 *     OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), inputs.shape(name))));
 * inputs.numbers().forEach((name, numbers) -> tensors.put(name,
 *     OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), inputs.shape(name))));
 * }</pre>
 *
 * <p>The arrays are handed out without copying.
 */
public final class OnnxInputs {
  private final int rows;
  private final Map<String, long[]> ids = new LinkedHashMap<>();
  private final Map<String, float[]> numbers = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  /**
   * Where the features of one side come from.
   *
   * @param rows encoded rows
   * @param single whether there is one row for all impressions
   * @param skip how many dense columns of the other side come first
   */
  private record Source(EncodedRows rows, boolean single, int skip) {
    int row(int impression) {
      return single ? 0 : impression;
    }
  }

  private OnnxInputs(int rows, Source context, Source candidate) {
    this.rows = rows;
    InputLayout layout = candidate.rows().layout();
    for (EmbeddingField field : layout.embeddings()) {
      Source source = field.side() == Side.CONTEXT ? context : candidate;
      if (field.multiValued()) {
        lists(field, source);
      } else {
        single(field, source);
      }
    }
    if (layout.denseWidth() > 0) {
      dense(layout, context, candidate);
    }
  }

  /**
   * Of rows of a data set.
   *
   * @param data what {@link io.ranking4j.runtime.input.FeatureEncoder#encode} gives
   * @throws IllegalArgumentException where it has only one side
   */
  public static OnnxInputs of(EncodedRows data) {
    if (data.side().isPresent()) {
      throw new IllegalArgumentException(
          "the rows must have both sides, but have " + data.side().get());
    }
    int skip = data.layout().denseWidth(Side.CONTEXT);
    return new OnnxInputs(data.rows(), new Source(data, false, 0), new Source(data, false, skip));
  }

  /**
   * Of a request: a row for each candidate, the context the same in all of them.
   *
   * @param context what {@link io.ranking4j.runtime.input.FeatureEncoder#encodeContext} gives
   * @param candidates what {@link io.ranking4j.runtime.input.FeatureEncoder#encodeCandidates} gives
   * @throws IllegalArgumentException where they are not of these sides, or of different encoders
   */
  public static OnnxInputs of(EncodedRows context, EncodedRows candidates) {
    checkSide("context", Side.CONTEXT, context);
    checkSide("candidates", Side.CANDIDATE, candidates);
    if (!context.layout().equals(candidates.layout())) {
      throw new IllegalArgumentException("context and candidates are of different encoders");
    }
    return new OnnxInputs(
        candidates.rows(), new Source(context, true, 0), new Source(candidates, false, 0));
  }

  private static void checkSide(String what, Side side, EncodedRows rows) {
    if (rows.side().isEmpty() || rows.side().get() != side) {
      throw new IllegalArgumentException("the " + what + " must be rows of the " + side + " side");
    }
  }

  private void single(EmbeddingField field, Source source) {
    int[] from = source.rows().ids(field.index());
    long[] to = new long[rows];
    for (int r = 0; r < rows; r++) {
      to[r] = from[source.row(r)];
    }
    ids.put(field.feature(), to);
    shapes.put(field.feature(), new long[] {rows});
  }

  private void lists(EmbeddingField field, Source source) {
    int[] from = source.rows().ids(field.index());
    int[] offsets = source.rows().offsets(field.index());
    int longest = 1;
    for (int r = 0; r < rows; r++) {
      int row = source.row(r);
      longest = Math.max(longest, offsets[row + 1] - offsets[row]);
    }
    int size = Math.multiplyExact(rows, longest);
    long[] to = new long[size];
    float[] mask = new float[size];
    for (int r = 0; r < rows; r++) {
      int row = source.row(r);
      int at = r * longest;
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        to[at] = from[i];
        mask[at++] = 1;
      }
    }
    String maskName = OnnxNames.mask(field.feature());
    ids.put(field.feature(), to);
    numbers.put(maskName, mask);
    shapes.put(field.feature(), new long[] {rows, longest});
    shapes.put(maskName, new long[] {rows, longest});
  }

  private void dense(InputLayout layout, Source context, Source candidate) {
    int width = layout.denseWidth();
    int ofContext = layout.denseWidth(Side.CONTEXT);
    float[] to = new float[Math.multiplyExact(rows, width)];
    for (int r = 0; r < rows; r++) {
      copy(context, r, to, r * width, ofContext);
      copy(candidate, r, to, r * width + ofContext, width - ofContext);
    }
    numbers.put(OnnxNames.DENSE, to);
    shapes.put(OnnxNames.DENSE, new long[] {rows, width});
  }

  private static void copy(Source source, int impression, float[] to, int at, int count) {
    EncodedRows from = source.rows();
    int start = source.row(impression) * from.denseWidth() + source.skip();
    System.arraycopy(from.dense(), start, to, at, count);
  }

  /** How many impressions there are. */
  public int rows() {
    return rows;
  }

  /** The inputs of type int64: rows of embedding tables; unmodifiable. */
  public Map<String, long[]> ids() {
    return Collections.unmodifiableMap(ids);
  }

  /** The inputs of type float: masks, and the dense columns; unmodifiable. */
  public Map<String, float[]> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /**
   * The shape of an input: a copy.
   *
   * @throws UnknownNameException where there is no such input
   */
  public long[] shape(String input) {
    long[] shape = shapes.get(input);
    if (shape == null) {
      throw new UnknownNameException("input", input, shapes.keySet());
    }
    return shape.clone();
  }
}
