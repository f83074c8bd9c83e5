package io.ranking4j.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as TorchScript, in the form that {@code
 * torch.jit.save(torch.jit.freeze(traced))} leaves: operations on values, weights as constants, no
 * submodules.
 */
final class TorchScriptWriter implements GraphWriter {
  /** Numbers and their shape. */
  record Constant(float[] values, long[] shape) {}

  private final List<String> inputs = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private int made;

  @Override
  public String ids(String name, long... shape) {
    inputs.add(name);
    return name;
  }

  @Override
  public String numbers(String name, int columns) {
    inputs.add(name);
    return name;
  }

  @Override
  public String row(String ids, int row) {
    return value("torch.select(%s, 0, %d)", ids, row);
  }

  @Override
  public String table(String name, float[] values, int width) {
    return constant(values, values.length / width, width);
  }

  @Override
  public String embed(String table, String ids) {
    return value("torch.embedding(%s, %s)", table, ids);
  }

  @Override
  public String columns(String x, int columns) {
    return value("torch.reshape(%s, [-1, %d])", x, columns);
  }

  @Override
  public String concat(List<String> values) {
    return value("torch.cat([%s], 1)", String.join(", ", values));
  }

  @Override
  public String dense(String name, String x, float[] weights, int out, float @Nullable [] bias) {
    int in = weights.length / out;
    String w = constant(Numbers.transposed(weights, out), out, in);
    return bias == null
        ? value("torch.linear(%s, %s)", x, w)
        : value("torch.linear(%s, %s, %s)", x, w, constant(bias, out));
  }

  @Override
  public String denseOnto(String name, String x, float[] weights, int out, String row) {
    return value("torch.addmm(%s, %s, %s)", row, x, constant(weights, weights.length / out, out));
  }

  @Override
  public String relu(String x) {
    return value("torch.relu(%s)", x);
  }

  @Override
  public String prelu(String name, String x, float[] slopes) {
    return value("torch.prelu(%s, %s)", x, constant(slopes, slopes.length));
  }

  @Override
  public String add(String left, String right) {
    return value("torch.add(%s, %s)", left, right);
  }

  @Override
  public String shift(String name, String x, double number) {
    return value("torch.add(%s, %s)", x, constant(new float[] {(float) number}, 1));
  }

  @Override
  public String sigmoid(String x) {
    return value("torch.sigmoid(%s)", x);
  }

  @Override
  public String slice(String x, int from, int count) {
    return value("torch.slice(%s, 1, %d, %d)", x, from, from + count);
  }

  @Override
  public void output(String x, int columns) {
    lines.add("return " + x);
  }

  private String constant(float[] values, long... shape) {
    constants.add(new Constant(values, shape));
    return "CONSTANTS.c" + (constants.size() - 1);
  }

  private String value(String format, Object... operands) {
    String name = "_" + made++;
    lines.add(name + " = " + String.format(Locale.ROOT, format, operands));
    return name;
  }

  /** The weights, in the order in which the code numbers them. */
  List<Constant> constants() {
    return constants;
  }

  /** The code of the module, as the archive holds it. */
  String code() {
    StringBuilder code = new StringBuilder();
    code.append("class ").append(TorchArchive.CLASS).append("(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    code.append("  def forward(self: __torch__.").append(TorchArchive.CLASS);
    inputs.forEach(input -> code.append(",\n    ").append(input).append(": Tensor"));
    code.append(") -> Tensor:\n");
    lines.forEach(line -> code.append("    ").append(line).append('\n'));
    return code.toString();
  }
}
