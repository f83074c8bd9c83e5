package io.ranking4j.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.ranking4j.onnx.OnnxExport;
import io.ranking4j.onnx.OnnxInputs;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.schema.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime on one thread, all graph optimisations on. Inputs stand in direct buffers that it
 * reads without copying, outputs are written into direct buffers that are there already.
 */
public final class OnnxRuntimePeer implements Peer {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final boolean ownsSession;
  private final List<Map<String, OnnxTensor>> inputs;
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final List<FloatBuffer> buffers = new ArrayList<>();
  private final int rows;
  private final Map<String, long[]> shapes;
  private int next;

  private OnnxRuntimePeer(
      OrtSession session,
      boolean ownsSession,
      List<Map<String, OnnxTensor>> inputs,
      int rows,
      Map<String, long[]> shapes)
      throws OrtException {
    this.session = session;
    this.ownsSession = ownsSession;
    this.inputs = inputs;
    this.rows = rows;
    this.shapes = shapes;
    for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
      int size = 1;
      for (long dim : shape.getValue()) {
        size *= (int) dim;
      }
      FloatBuffer buffer = direct(size * Float.BYTES).asFloatBuffer();
      buffers.add(buffer);
      outputs.put(shape.getKey(), OnnxTensor.createTensor(ENVIRONMENT, buffer, shape.getValue()));
    }
  }

  private static OrtSession session(byte[] graph) throws OrtException {
    try (OrtSession.SessionOptions options = OnnxSessions.options()) {
      return ENVIRONMENT.createSession(graph, options);
    }
  }

  /** For another thread: the same session and inputs, outputs of its own. To be closed first. */
  public OnnxRuntimePeer sibling() throws OrtException {
    return new OnnxRuntimePeer(session, false, inputs, rows, shapes);
  }

  /** The graph as {@link OnnxExport} writes it, on rows of a data set. */
  public static OnnxRuntimePeer exported(RankingModel model, EncodedRows data)
      throws IOException, OrtException {
    return exported(model, List.of(OnnxInputs.of(data)));
  }

  /** The graph as {@link OnnxExport} writes it, on requests of the same size. */
  public static OnnxRuntimePeer requests(RankingModel model, List<EncodedRequest> requests)
      throws IOException, OrtException {
    return exported(
        model,
        requests.stream()
            .map(request -> OnnxInputs.of(request.context(), request.candidates()))
            .toList());
  }

  private static OnnxRuntimePeer exported(RankingModel model, List<OnnxInputs> all)
      throws IOException, OrtException {
    List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    for (OnnxInputs arrays : all) {
      inputs.add(tensors(arrays));
    }
    int rows = all.get(0).rows();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    model.tasks().names().forEach(task -> shapes.put(task, new long[] {rows}));
    return new OnnxRuntimePeer(session(bytes(model)), true, inputs, rows, shapes);
  }

  private static Map<String, OnnxTensor> tensors(OnnxInputs arrays) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> ids : arrays.ids().entrySet()) {
      inputs.put(ids.getKey(), tensor(ids.getValue(), arrays.shape(ids.getKey())));
    }
    for (Map.Entry<String, float[]> numbers : arrays.numbers().entrySet()) {
      inputs.put(numbers.getKey(), tensor(numbers.getValue(), arrays.shape(numbers.getKey())));
    }
    return inputs;
  }

  private static byte[] bytes(RankingModel model) throws IOException {
    Path file = Files.createTempFile("ranking4j-", ".onnx");
    try {
      OnnxExport.of(model).write(file);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  /** The graph rewritten by hand, see {@link ContextOnceGraph}, on requests of the same size. */
  public static OnnxRuntimePeer optimised(RankingModel model, List<EncodedRequest> requests)
      throws OrtException {
    OnnxWriter writer = new OnnxWriter();
    ContextOnceGraph.write(model, writer);
    int rows = requests.get(0).candidates().rows();
    List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    for (EncodedRequest request : requests) {
      long[] user = RequestIds.joined(model, Side.CONTEXT, request.context());
      long[] items = RequestIds.joined(model, Side.CANDIDATE, request.candidates());
      Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
      tensors.put("context", tensor(user, 1, user.length));
      tensors.put("candidates", tensor(items, rows, items.length / rows));
      inputs.add(tensors);
    }
    return new OnnxRuntimePeer(
        session(writer.bytes()),
        true,
        inputs,
        rows,
        Map.of(OnnxWriter.OUTPUT, new long[] {rows, model.tasks().names().size()}));
  }

  private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    LongBuffer buffer = direct(values.length * Long.BYTES).asLongBuffer();
    return OnnxTensor.createTensor(ENVIRONMENT, buffer.put(values).flip(), shape);
  }

  private static OnnxTensor tensor(float[] values, long... shape) throws OrtException {
    FloatBuffer buffer = direct(values.length * Float.BYTES).asFloatBuffer();
    return OnnxTensor.createTensor(ENVIRONMENT, buffer.put(values).flip(), shape);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void run() {
    try {
      session.run(inputs.get(next), outputs).close();
      next = (next + 1) % inputs.size();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] probabilities() {
    int tasks = buffers.size() == 1 ? buffers.get(0).capacity() / rows : buffers.size();
    float[] all = new float[rows * tasks];
    if (buffers.size() == 1) {
      buffers.get(0).get(0, all);
      return all;
    }
    for (int t = 0; t < tasks; t++) {
      for (int r = 0; r < rows; r++) {
        all[r * tasks + t] = buffers.get(t).get(r);
      }
    }
    return all;
  }

  @Override
  public void close() {
    outputs.values().forEach(OnnxValue::close);
    if (!ownsSession) {
      return;
    }
    inputs.forEach(tensors -> tensors.values().forEach(OnnxValue::close));
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
