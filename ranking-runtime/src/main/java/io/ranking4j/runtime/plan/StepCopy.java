package io.ranking4j.runtime.plan;

import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Copies steps into another place: with other values, parameters and offsets of running statistics.
 *
 * @param values what becomes of a value
 * @param parameters what becomes of a parameter
 * @param states what becomes of the offset of a running statistic
 */
record StepCopy(
    UnaryOperator<Value> values, UnaryOperator<Parameter> parameters, IntUnaryOperator states) {
  /** Copies that differ in the values they read and give only. */
  static StepCopy of(UnaryOperator<Value> values) {
    return new StepCopy(values, UnaryOperator.identity(), IntUnaryOperator.identity());
  }

  /** Copies a step; asks for its inputs first, then for its output. */
  Step of(Step step) {
    var inputs = step.inputs().stream().map(values).toList();
    Value x = inputs.get(0);
    Value out = values.apply(step.output());
    if (step instanceof Step.Dense dense) {
      Parameter bias = dense.bias();
      return new Step.Dense(
          x, parameters.apply(dense.weights()), bias == null ? null : parameters.apply(bias), out);
    } else if (step instanceof Step.Activate activate) {
      Parameter slope = activate.slope();
      return new Step.Activate(
          activate.activation(), slope == null ? null : parameters.apply(slope), x, out);
    } else if (step instanceof Step.BatchNorm norm) {
      return new Step.BatchNorm(
          parameters.apply(norm.gamma()),
          parameters.apply(norm.beta()),
          states.applyAsInt(norm.meanOffset()),
          norm.momentum(),
          norm.epsilon(),
          x,
          out);
    } else if (step instanceof Step.Dropout dropout) {
      return new Step.Dropout(dropout.rate(), x, out);
    } else if (step instanceof Step.Add) {
      return new Step.Add(x, inputs.get(1), out);
    } else if (step instanceof Step.Multiply) {
      return new Step.Multiply(x, inputs.get(1), out);
    } else if (step instanceof Step.LogitOfProduct) {
      return new Step.LogitOfProduct(x, inputs.get(1), out);
    } else if (step instanceof Step.Columns columns) {
      return new Step.Columns(columns.from(), x, out);
    } else if (step instanceof Step.Concat) {
      return new Step.Concat(inputs, out);
    } else if (step instanceof Step.Softmax softmax) {
      return new Step.Softmax(softmax.groups(), x, out);
    } else if (step instanceof Step.Mixture mixture) {
      return new Step.Mixture(mixture.count(), x, inputs.get(1), out);
    } else if (step instanceof Step.Dot dot) {
      return new Step.Dot(dot.scale(), x, inputs.get(1), out);
    } else if (step instanceof Step.Pairs) {
      return new Step.Pairs(x, out);
    }
    throw new IllegalStateException("a kind of step that nobody knows: " + step);
  }
}
