package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Plans of all kinds of steps in random order, in which values are used any number of times. */
final class RandomPlans {
  private static final int STEPS = 12;

  private final Random random;
  private final PlanBuilder builder;
  private final List<Value> values = new ArrayList<>();
  private final Set<Value> unused = new LinkedHashSet<>();
  private final Set<Value> dropped = new LinkedHashSet<>();
  private final List<Product> products = new ArrayList<>();
  private int names;

  /** A product that may be used again. */
  private record Product(int inputWidth, Value output) {}

  private RandomPlans(long seed) {
    random = new Random(seed);
    builder = new PlanBuilder(3 + random.nextInt(5));
    values.add(builder.input());
  }

  static Plan of(long seed) {
    return new RandomPlans(seed).make();
  }

  /** Numbers as an input, parameters or gradients may be. */
  static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * 0.7);
    }
    return numbers;
  }

  static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  private Plan make() {
    for (int i = 0; i < STEPS; i++) {
      add(step());
    }
    // The last step takes all that nobody needs yet, so that every value is used.
    List<Value> open = new ArrayList<>(unused);
    Value all = builder.concat(open);
    builder.output("last", builder.dense(name(), all, 1 + random.nextInt(2)));
    int outputs = 0;
    for (Value value : values) {
      boolean allowed = !dropped.contains(value);
      if (allowed && random.nextInt(4) == 0) {
        builder.output("value " + outputs++, value);
      }
    }
    return builder.build();
  }

  private String name() {
    return "p" + names++;
  }

  private void add(Value value) {
    // All columns of a value are the value itself, which is then still to be used.
    unused.add(value);
    if (!values.contains(value)) {
      values.add(value);
    }
  }

  private Value take(Value value) {
    unused.remove(value);
    return value;
  }

  private Value any() {
    // Chains are what is fused: the last value is taken often.
    return take(
        random.nextInt(2) == 0
            ? values.get(values.size() - 1)
            : values.get(random.nextInt(values.size())));
  }

  private Value anyOfWidth(int width) {
    List<Value> fitting = values.stream().filter(value -> value.width() == width).toList();
    return take(fitting.get(random.nextInt(fitting.size())));
  }

  private Value product() {
    Value x = any();
    Value y = builder.dense(name(), x, 1 + random.nextInt(5));
    products.add(new Product(x.width(), y));
    return y;
  }

  /** Products of many factors would otherwise leave what floats can tell apart. */
  private Value bounded(Value value) {
    return builder.activate(name(), value, Activation.TANH);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** One of the numbers that divide this one. */
  private int divisor(int number) {
    int divisor = 1 + random.nextInt(number);
    return gcd(number, divisor);
  }

  private Value step() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> product();
      case 2 -> builder.dense(name(), any(), 1 + random.nextInt(5), (Start) null);
      case 3, 4 -> {
        Activation[] kinds = Activation.values();
        Activation kind = kinds[1 + random.nextInt(kinds.length - 1)];
        yield builder.activate(name(), any(), random.nextBoolean() ? Activation.PRELU : kind);
      }
      case 5 -> builder.batchNorm(name(), any());
      case 6 -> {
        Value value = builder.dropout(any(), 0.4);
        dropped.add(value);
        yield value;
      }
      case 7, 8 -> {
        Value left = any();
        yield builder.add(left, anyOfWidth(left.width()));
      }
      case 9 -> {
        Value left = any();
        Value right = anyOfWidth(left.width());
        yield random.nextBoolean()
            ? builder.multiply(left, right)
            : builder.logitOfProduct(left, right);
      }
      case 10 -> {
        Value value = any();
        int from = random.nextInt(value.width());
        yield builder.columns(value, from, 1 + random.nextInt(value.width() - from));
      }
      case 11 -> {
        if (products.isEmpty()) {
          yield product();
        }
        Product earlier = products.get(random.nextInt(products.size()));
        yield builder.denseAgain(earlier.output, anyOfWidth(earlier.inputWidth));
      }
      case 12 -> {
        Value value = any();
        yield builder.softmax(value, divisor(value.width()));
      }
      case 13 -> {
        Value weights = bounded(any());
        Value mixed = any();
        yield builder.mixture(weights, mixed, divisor(gcd(weights.width(), mixed.width())));
      }
      case 14 -> {
        Value left = bounded(any());
        if (random.nextInt(4) == 0) {
          yield builder.pairs(left, divisor(left.width()));
        }
        int groups = divisor(left.width());
        yield builder.dot(left, anyOfWidth(left.width()), groups, 0.5 + random.nextDouble());
      }
      default -> builder.concat(List.of(any(), any(), any()));
    };
  }
}
