package io.ranking4j.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the input of the network together: looks embeddings up, pools them, adds the numbers. */
final class InputTranslator {
  private final OnnxGraph graph;
  private final InputLayout layout;

  InputTranslator(OnnxGraph graph, InputLayout layout) {
    this.graph = graph;
    this.layout = layout;
  }

  /** Declares the inputs of the graph. */
  void declare() {
    for (EmbeddingField field : layout.embeddings()) {
      String feature = field.feature();
      String ids = "the table rows of feature '" + feature + "'";
      if (field.multiValued()) {
        // Each feature may be padded to a length of its own.
        var values = OnnxGraph.named(feature + ".values");
        graph.input(feature, ids, DataType.INT64, OnnxGraph.ROWS, values);
        graph.input(
            OnnxNames.mask(feature),
            "the mask of feature '" + feature + "': 1 for a value, 0 for padding",
            DataType.FLOAT,
            OnnxGraph.ROWS,
            values);
      } else {
        graph.input(feature, ids, DataType.INT64, OnnxGraph.ROWS);
      }
    }
    if (layout.denseWidth() > 0) {
      graph.input(
          OnnxNames.DENSE,
          "the matrix of dense columns",
          DataType.FLOAT,
          OnnxGraph.ROWS,
          OnnxGraph.fixed(layout.denseWidth()));
    }
  }

  /** Adds what computes the input of the network; rows x its width. */
  String translate(List<EmbeddingTable> tables) {
    Map<Integer, String> parts = new TreeMap<>();
    Map<Integer, String> constants = new HashMap<>();
    for (EmbeddingField field : layout.embeddings()) {
      String table = constants.computeIfAbsent(field.table(), place -> constant(tables.get(place)));
      parts.put(field.offset(), embedding(field, table));
    }
    int context = layout.denseWidth(Side.CONTEXT);
    int candidate = layout.denseWidth(Side.CANDIDATE);
    if (context > 0 && candidate > 0) {
      parts.put(
          layout.denseOffset(Side.CONTEXT),
          graph.columns("dense_of_context", OnnxNames.DENSE, 0, context));
      parts.put(
          layout.denseOffset(Side.CANDIDATE),
          graph.columns("dense_of_candidate", OnnxNames.DENSE, context, candidate));
    } else if (context + candidate > 0) {
      parts.put(layout.denseOffset(context > 0 ? Side.CONTEXT : Side.CANDIDATE), OnnxNames.DENSE);
    }
    return parts.size() == 1
        ? parts.values().iterator().next()
        : graph.concat("value_0", parts.values().toArray(String[]::new));
  }

  private String constant(EmbeddingTable table) {
    return graph.floats(
        "table." + table.spec().name(), table.values(), table.spec().rows(), table.spec().width());
  }

  private String embedding(EmbeddingField field, String table) {
    String name = "embedding." + field.feature();
    if (!field.multiValued()) {
      return graph.node("Gather", name, table, field.feature());
    }
    String mask = OnnxNames.mask(field.feature());
    String all = graph.node("Gather", name + "_all", table, field.feature());
    if (field.attends()) {
      return attention(field, name, table, all, mask);
    }
    String second = graph.longs(name + "_axis", 1);
    // [rows, 1, values] x [rows, values, width]: the sum of the values that are no padding.
    String row = graph.node("Unsqueeze", name + "_mask", mask, second);
    String summed = graph.node("MatMul", name + "_summed", row, all);
    String sum = graph.node("Squeeze", name + "_sum", summed, second);
    if (field.pooling().orElseThrow() == Pooling.SUM) {
      return sum;
    }
    String count = graph.node("ReduceSum", name + "_count", mask, second); // keeps the axis
    String atLeastOne = graph.node("Max", name + "_divisor", count, graph.number(name + "_one", 1));
    return graph.node("Div", name, sum, atLeastOne);
  }

  /** Padding gets a weight of 0, and a list of nothing else is 0 as a whole. */
  private String attention(
      EmbeddingField field, String name, String table, String all, String mask) {
    String query =
        graph.node(
            "Gather", name + "_query", table, layout.embeddings().get(field.query()).feature());
    String third = graph.longs(name + "_last", 2);
    // [rows, values, width] x [rows, width, 1]
    String column = graph.node("Unsqueeze", name + "_column", query, third);
    String products = graph.node("MatMul", name + "_products", all, column);
    String exponents =
        graph.node(
            "Mul",
            name + "_exponents",
            products,
            graph.number(name + "_scale", field.attentionScale()));
    String real = graph.node("Unsqueeze", name + "_real", mask, third);
    // 0 for a value, and for padding what leaves nothing of its exponent.
    String less = graph.node("Sub", name + "_less", real, graph.number(name + "_one", 1));
    String penalty = graph.node("Mul", name + "_penalty", less, graph.number(name + "_far", 1e30));
    String masked = graph.node("Add", name + "_masked", exponents, penalty);
    String weights = graph.node("Softmax", "axis", 1, name + "_softmax", masked);
    String kept = graph.node("Mul", name + "_weights", weights, real);
    String weighted = graph.node("Mul", name + "_weighted", all, kept);
    return graph.node("ReduceSum", "keepdims", 0, name, weighted, graph.longs(name + "_axes", 1));
  }
}
