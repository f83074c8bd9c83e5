package io.ranking4j.benchmarks.process;

import io.ranking4j.onnx.OnnxExport;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model as both kinds of process read it, in temporary files that closing deletes.
 *
 * @param model our file
 * @param graph the exported graph
 */
record ModelFiles(Path model, Path graph) implements AutoCloseable {
  static ModelFiles of(RankingModel model) throws IOException {
    ModelFiles files =
        new ModelFiles(
            Files.createTempFile("ranking4j-", ".r4j"),
            Files.createTempFile("ranking4j-", ".onnx"));
    model.save(files.model);
    OnnxExport.of(model).write(files.graph);
    return files;
  }

  String ranking() {
    return model.toString();
  }

  String onnx() {
    return graph.toString();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(model);
    Files.deleteIfExists(graph);
  }
}
