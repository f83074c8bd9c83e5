package io.ranking4j.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.ranking4j.onnx.OnnxExport;
import io.ranking4j.onnx.OnnxInputs;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime as a host uses it, with tensors made from what each request brings. */
public final class OnnxRuntimeScorer implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  /** Loads a model as {@link OnnxExport} writes it. */
  public OnnxRuntimeScorer(RankingModel model) throws IOException, OrtException {
    Path file = Files.createTempFile("ranking4j-", ".onnx");
    try (OrtSession.SessionOptions options = OnnxSessions.options()) {
      OnnxExport.of(model).write(file);
      this.session = ENVIRONMENT.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
  }

  /** The probabilities by task, in the order of the candidates. */
  public Map<String, float[]> score(EncodedRequest request) throws OrtException {
    OnnxInputs arrays = OnnxInputs.of(request.context(), request.candidates());
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, long[]> ids : arrays.ids().entrySet()) {
        LongBuffer values = LongBuffer.wrap(ids.getValue());
        long[] shape = arrays.shape(ids.getKey());
        tensors.put(ids.getKey(), OnnxTensor.createTensor(ENVIRONMENT, values, shape));
      }
      return run(tensors);
    } finally {
      tensors.values().forEach(OnnxValue::close);
    }
  }

  private Map<String, float[]> run(Map<String, OnnxTensor> tensors) throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(tensors)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        outputs.put(output.getKey(), values);
      }
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
