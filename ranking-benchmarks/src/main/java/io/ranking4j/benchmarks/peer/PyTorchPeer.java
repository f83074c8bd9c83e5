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
import io.ranking4j.schema.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final List<NDList> inputs;
  private int next;
  private float[] probabilities = {};

  private PyTorchPeer(Consumer<GraphWriter> network, List<Inputs> inputs) throws IOException {
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
    this.inputs = inputs.stream().map(each -> each.in(manager)).toList();
  }

  @FunctionalInterface
  private interface Inputs {
    NDList in(NDManager manager);
  }

  /** The network as one would write and trace it, on rows of numbers. */
  public static PyTorchPeer dense(RankingModel model, float[] rows, int count) throws IOException {
    return new PyTorchPeer(
        graph -> PlainGraph.write(model, graph),
        List.of(
            manager -> new NDList(manager.create(rows, new Shape(count, rows.length / count)))));
  }

  /** The network as one would write and trace it, everything computed for each row. */
  public static PyTorchPeer traced(RankingModel model, List<EncodedRequest> requests)
      throws IOException {
    List<Inputs> inputs = new ArrayList<>();
    for (EncodedRequest request : requests) {
      long[] ids = RequestIds.plain(model, request.context(), request.candidates());
      int rows = request.candidates().rows();
      Shape shape = new Shape(ids.length / rows, rows);
      inputs.add(manager -> new NDList(manager.create(ids, shape)));
    }
    return new PyTorchPeer(graph -> PlainGraph.write(model, graph), inputs);
  }

  /** The network rewritten by hand, see {@link ContextOnceGraph}, on requests. */
  public static PyTorchPeer optimised(RankingModel model, List<EncodedRequest> requests)
      throws IOException {
    List<Inputs> inputs = new ArrayList<>();
    for (EncodedRequest request : requests) {
      long[] user = RequestIds.joined(model, Side.CONTEXT, request.context());
      long[] items = RequestIds.joined(model, Side.CANDIDATE, request.candidates());
      int rows = request.candidates().rows();
      Shape shape = new Shape(rows, items.length / rows);
      inputs.add(
          manager ->
              new NDList(
                  manager.create(user, new Shape(1, user.length)), manager.create(items, shape)));
    }
    return new PyTorchPeer(graph -> ContextOnceGraph.write(model, graph), inputs);
  }

  @Override
  public void run() {
    NDList output = block.forward(parameters, inputs.get(next), false);
    next = (next + 1) % inputs.size();
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
