package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An exported model, run by ONNX Runtime. */
final class Exported implements AutoCloseable {
  private static final double TOLERANCE = 1e-5;
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  private Exported(OrtSession session) {
    this.session = session;
  }

  static Exported of(OnnxExport export) throws IOException, OrtException {
    Path file = Files.createTempFile("ranking4j-", ".onnx");
    try {
      export.write(file);
      return of(file);
    } finally {
      Files.delete(file);
    }
  }

  static Exported of(Path file) throws IOException, OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return new Exported(ENVIRONMENT.createSession(Files.readAllBytes(file), options));
    }
  }

  OrtSession session() {
    return session;
  }

  /** What an input must be. */
  TensorInfo input(String name) throws OrtException {
    return (TensorInfo) Objects.requireNonNull(session.getInputInfo().get(name)).getInfo();
  }

  /** What an output is. */
  TensorInfo output(String name) throws OrtException {
    return (TensorInfo) Objects.requireNonNull(session.getOutputInfo().get(name)).getInfo();
  }

  /** By output, its numbers, row after row. */
  Map<String, float[]> run(OnnxInputs inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, long[]> input : inputs.ids().entrySet()) {
        LongBuffer ids = LongBuffer.wrap(input.getValue());
        long[] shape = inputs.shape(input.getKey());
        tensors.put(input.getKey(), OnnxTensor.createTensor(ENVIRONMENT, ids, shape));
      }
      for (Map.Entry<String, float[]> input : inputs.numbers().entrySet()) {
        FloatBuffer numbers = FloatBuffer.wrap(input.getValue());
        long[] shape = inputs.shape(input.getKey());
        tensors.put(input.getKey(), OnnxTensor.createTensor(ENVIRONMENT, numbers, shape));
      }
      return run(tensors);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, float[]> run(Map<String, OnnxTensor> tensors) throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(tensors)) {
      for (String name : session.getOutputNames()) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        outputs.put(name, numbers);
      }
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  /** Both must give the same for a data set. */
  static void assertAgrees(RankingModel model, Dataset data) throws IOException, OrtException {
    try (Exported exported = of(OnnxExport.of(model));
        Scorer scorer = Scorer.of(model)) {
      Map<String, double[]> expected = scorer.score(data);
      Map<String, float[]> actual = exported.run(OnnxInputs.of(model.encoder().encode(data)));
      assertThat(actual.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (task, numbers) -> assertClose(task, Objects.requireNonNull(actual.get(task)), numbers));
    }
  }

  static void assertClose(String what, float[] actual, double[] expected) {
    assertThat(actual.length).as(what).isEqualTo(expected.length);
    for (int r = 0; r < expected.length; r++) {
      assertThat((double) actual[r])
          .as("%s of row %d", what, r)
          .isCloseTo(expected[r], within(TOLERANCE));
    }
  }
}
