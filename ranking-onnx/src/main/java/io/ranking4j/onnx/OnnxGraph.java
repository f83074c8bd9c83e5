package io.ranking4j.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Collects a graph. Inputs and outputs have the names that they are given and come first, so that
 * what is made up in between keeps clear of them. Every method that adds something gives its name.
 * Not safe to share between threads.
 */
final class OnnxGraph {
  /** How many impressions there are: any number. */
  static final Dimension ROWS = named("rows");

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("ranking4j");
  private final Map<String, String> taken = new HashMap<>();

  /** A dimension whose size the caller of the graph chooses. */
  static Dimension named(String name) {
    return Dimension.newBuilder().setDimParam(name).build();
  }

  /** A dimension of fixed size. */
  static Dimension fixed(long size) {
    return Dimension.newBuilder().setDimValue(size).build();
  }

  /**
   * Adds an input.
   *
   * @param what what it is, for messages and for the file
   * @throws IllegalArgumentException where its name is taken
   */
  String input(String name, String what, DataType type, Dimension... shape) {
    graph.addInput(value(name, what, type, shape));
    return name;
  }

  /**
   * Declares an output, which a node is then to give.
   *
   * @param what what it is, for messages and for the file
   * @throws IllegalArgumentException where its name is taken
   */
  void output(String name, String what, Dimension... shape) {
    graph.addOutput(value(name, what, DataType.FLOAT, shape));
  }

  private ValueInfoProto value(String name, String what, DataType type, Dimension... shape) {
    String other = taken.put(name, what);
    if (other != null) {
      throw new IllegalArgumentException(
          "inputs and outputs of the graph need names of their own, but '"
              + name
              + "' would be both "
              + other
              + " and "
              + what);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setDocString(what)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.newBuilder().addAllDim(Arrays.asList(shape)))))
        .build();
  }

  /** A name that nothing has, as like the wanted one as can be. */
  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; taken.putIfAbsent(name, "") != null; i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** Adds a constant of these dimensions (none for a scalar), from a part of an array. */
  String part(String wanted, float[] values, int from, int count, long... dims) {
    ByteBuffer bytes = bytes(count, Float.BYTES);
    bytes.asFloatBuffer().put(values, from, count);
    return constant(wanted, DataType.FLOAT, bytes, dims);
  }

  /** Adds a constant of these dimensions (none for a scalar). */
  String floats(String wanted, float[] values, long... dims) {
    return part(wanted, values, 0, values.length, dims);
  }

  /** Adds a scalar, rounded to float. */
  String number(String wanted, double value) {
    return floats(wanted, new float[] {(float) value});
  }

  /** Adds a vector in double precision. */
  String doubles(String wanted, double... values) {
    ByteBuffer bytes = bytes(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return constant(wanted, DataType.DOUBLE, bytes, values.length);
  }

  /** Adds a vector of integers. */
  String longs(String wanted, long... values) {
    ByteBuffer bytes = bytes(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(wanted, DataType.INT64, bytes, values.length);
  }

  private static ByteBuffer bytes(int count, int each) {
    return ByteBuffer.allocate(Math.multiplyExact(count, each)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String wanted, DataType type, ByteBuffer bytes, long... dims) {
    String name = unique(wanted);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    // Nobody else has the bytes, so they are not copied once more: they may be a gigabyte.
    ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
    graph.addInitializer(tensor.setRawData(raw));
    return name;
  }

  /** Adds a node without attributes. */
  String node(String operator, String wanted, String... inputs) {
    return add(NodeProto.newBuilder(), operator, unique(wanted), inputs);
  }

  /** Adds a node with an integer attribute. */
  String node(String operator, String attribute, long value, String wanted, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder();
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(attribute)
            .setType(AttributeProto.AttributeType.INT)
            .setI(value));
    return add(node, operator, unique(wanted), inputs);
  }

  /** Adds the node that gives a declared output. */
  void give(String output, String operator, String... inputs) {
    add(NodeProto.newBuilder(), operator, output, inputs);
  }

  /** Adds a conversion to another type. */
  String cast(String input, DataType type) {
    return node("Cast", "to", type.getNumber(), input + "_as_" + lower(type), input);
  }

  private static String lower(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Adds a concatenation along the columns. */
  String concat(String wanted, String... inputs) {
    return node("Concat", "axis", 1, wanted, inputs);
  }

  /** Adds a selection of columns. */
  String columns(String wanted, String input, int from, int count) {
    return node(
        "Slice",
        wanted,
        input,
        longs(wanted + "_from", from),
        longs(wanted + "_to", from + count),
        longs(wanted + "_axis", 1));
  }

  private String add(NodeProto.Builder node, String operator, String output, String... inputs) {
    graph.addNode(
        node.setOpType(operator)
            .setName(operator + ":" + output)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(output));
    return output;
  }

  /** The graph as it is now. */
  GraphProto build() {
    return graph.build();
  }
}
