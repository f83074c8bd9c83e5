package io.ranking4j.benchmarks.process;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.ranking4j.benchmarks.peer.OnnxSessions;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Loads an exported model into ONNX Runtime and ranks with it; prints the best candidate after the
 * first ranking, and the memory it holds after the last one. Is given ids where {@link
 * RankingProcess} has to look values up. Needs ONNX Runtime alone.
 */
final class OnnxProcess {
  private OnnxProcess() {}

  /** Arguments: the graph, how many candidates, how many rankings. */
  public static void main(String[] arguments) throws IOException, OrtException {
    int count = Integer.parseInt(arguments[1]);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = OnnxSessions.options();
        OrtSession session = environment.createSession(arguments[0], options)) {
      Lines.print(best(environment, session, count));
      for (int i = 1; i < Integer.parseInt(arguments[2]); i++) {
        best(environment, session, count);
      }
      Lines.print(String.valueOf(Resident.bytes()));
    }
  }

  private static String best(OrtEnvironment environment, OrtSession session, int count)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      long[] ids = new long[count];
      for (int i = 0; i < count; i++) {
        ids[i] = 2L + i % 2;
      }
      inputs.put(
          name, OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {count}));
    }
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer clicks = ((OnnxTensor) result.get("click").orElseThrow()).getFloatBuffer();
      int best =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -clicks.get(i)))
              .findFirst()
              .orElseThrow();
      return "video-" + best;
    } finally {
      inputs.values().forEach(OnnxValue::close);
    }
  }
}
