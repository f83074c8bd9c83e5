package io.ranking4j.benchmarks.peer;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.schema.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * PyTorch through DJL, on one thread: a frozen TorchScript module, called without DJL's
 * translators, on inputs that are tensors already.
 */
public final class PyTorchPeer implements Peer {
  private final Model model;
  private final Block block;
  private final NDManager manager;
  private final ParameterStore parameters;
  private final NDList inputs;
  private float[] probabilities = {};

  private PyTorchPeer(Consumer<GraphWriter> network, Inputs inputs) throws IOException {
    PyTorch.start();
    TorchScriptWriter writer = new TorchScriptWriter();
    network.accept(writer);
    Path folder = Files.createTempDirectory("ranking4j-torch-");
    Path file = folder.resolve("net.pt");
    this.model = Model.newInstance("net", Device.cpu(), PyTorch.ENGINE);
    try {
      TorchArchive.write(writer, file);
      model.load(folder, "net");
    } catch (MalformedModelException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
    this.block = model.getBlock();
    this.manager = model.getNDManager().newSubManager();
    this.parameters = new ParameterStore(manager, false);
    this.inputs = inputs.in(manager);
  }

  @FunctionalInterface
  private interface Inputs {
    NDList in(NDManager manager);
  }

  /** The network as one would write and trace it, on rows of numbers. */
  public static PyTorchPeer dense(RankingModel model, float[] rows, int count) throws IOException {
    return new PyTorchPeer(
        graph -> PlainGraph.write(model, graph),
        manager -> new NDList(manager.create(rows, new Shape(count, rows.length / count))));
  }

  /** The network as one would write and trace it, everything computed for each row. */
  public static PyTorchPeer traced(RankingModel model, EncodedRows context, EncodedRows candidates)
      throws IOException {
    long[] ids = RequestIds.plain(model, context, candidates);
    int rows = candidates.rows();
    return new PyTorchPeer(
        graph -> PlainGraph.write(model, graph),
        manager -> new NDList(manager.create(ids, new Shape(ids.length / rows, rows))));
  }

  /** The network rewritten by hand, see {@link ContextOnceGraph}, on a request. */
  public static PyTorchPeer optimised(
      RankingModel model, EncodedRows context, EncodedRows candidates) throws IOException {
    long[] user = RequestIds.joined(model, Side.CONTEXT, context);
    long[] items = RequestIds.joined(model, Side.CANDIDATE, candidates);
    int rows = candidates.rows();
    return new PyTorchPeer(
        graph -> ContextOnceGraph.write(model, graph),
        manager ->
            new NDList(
                manager.create(user, new Shape(1, user.length)),
                manager.create(items, new Shape(rows, items.length / rows))));
  }

  @Override
  public void run() {
    NDList output = block.forward(parameters, inputs, false);
    try (NDArray first = output.head()) {
      probabilities = first.toFloatArray();
    }
  }

  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public void close() {
    manager.close();
    model.close();
  }
}
