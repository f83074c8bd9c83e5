package io.ranking4j.benchmarks.peer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a graph for ONNX Runtime. */
final class OnnxWriter implements GraphWriter {
  /** The name of the output. */
  static final String OUTPUT = "probabilities";

  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("peer");
  private int made;

  @Override
  public String ids(String name, long... shape) {
    graph.addInput(value(name, DataType.INT64, shape));
    return name;
  }

  @Override
  public String numbers(String name, int columns) {
    graph.addInput(value(name, DataType.FLOAT, -1, columns));
    return name;
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long size : shape) {
      dims.addDim(
          size < 0
              ? Dimension.newBuilder().setDimParam("rows")
              : Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dims)))
        .build();
  }

  @Override
  public String row(String ids, int row) {
    return node("Gather", ids, longs(row));
  }

  @Override
  public String table(String name, float[] values, int width) {
    return constant(name, values, values.length / width, width);
  }

  @Override
  public String embed(String table, String ids) {
    return node("Gather", table, ids);
  }

  @Override
  public String columns(String x, int columns) {
    return node("Reshape", x, vector(-1, columns));
  }

  @Override
  public String concat(List<String> values) {
    NodeProto.Builder node = NodeProto.newBuilder();
    attribute(node, "axis", 1);
    return add(node, "Concat", values.toArray(String[]::new));
  }

  @Override
  public String dense(String name, String x, float[] weights, int out, float @Nullable [] bias) {
    String w = constant(name, weights, weights.length / out, out);
    return bias == null
        ? node("MatMul", x, w)
        : node("Gemm", x, w, constant(name + "_bias", bias, bias.length));
  }

  @Override
  public String denseOnto(String name, String x, float[] weights, int out, String row) {
    return node("Gemm", x, constant(name, weights, weights.length / out, out), row);
  }

  @Override
  public String relu(String x) {
    return node("Relu", x);
  }

  @Override
  public String prelu(String name, String x, float[] slopes) {
    return node("PRelu", x, constant(name, slopes, slopes.length));
  }

  @Override
  public String add(String left, String right) {
    return node("Add", left, right);
  }

  @Override
  public String shift(String name, String x, double number) {
    return node("Add", x, constant(name, new float[] {(float) number}, 1));
  }

  @Override
  public String sigmoid(String x) {
    return node("Sigmoid", x);
  }

  @Override
  public String slice(String x, int from, int count) {
    return node("Slice", x, vector(from), vector(from + count), vector(1));
  }

  @Override
  public void output(String x, int columns) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(x).addOutput(OUTPUT).build());
    graph.addOutput(value(OUTPUT, DataType.FLOAT, -1, columns));
  }

  private String constant(String name, float[] values, long... dims) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return initializer("constant_" + name, DataType.FLOAT, bytes, dims);
  }

  private String longs(long scalar) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, scalar);
    return initializer("scalar_" + made++, DataType.INT64, bytes);
  }

  private String vector(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return initializer("vector_" + made++, DataType.INT64, bytes, values.length);
  }

  private String initializer(String name, DataType type, ByteBuffer bytes, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : dims) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private static void attribute(NodeProto.Builder node, String name, long number) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.INT)
            .setI(number));
  }

  private String node(String operator, String... inputs) {
    return add(NodeProto.newBuilder(), operator, inputs);
  }

  private String add(NodeProto.Builder node, String operator, String... inputs) {
    String output = "value_" + made++;
    graph.addNode(node.setOpType(operator).addAllInput(Arrays.asList(inputs)).addOutput(output));
    return output;
  }

  /** The file. */
  byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
