package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Activation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first layers of a network, side by side as one: all products that read the input, with the
 * activations, normalisations and residuals that follow each of them, as far as they need nothing
 * else. Since a product is a sum over the columns of the input, whoever knows where these come from
 * may compute its parts apart: once a request for what is the same for all candidates, once and for
 * all for the rows of a small embedding table. What is left of the network is the {@link #tail}.
 *
 * <p>Immutable and safe to share; the arrays are handed out without copying and are not to be
 * written to.
 */
public final class Stem {
  private final Plan tail;
  private final float[] weights;
  private final float[] bias;
  private final float[] linear;
  private final float[] absolute;
  private final float[] shifts;
  private final Residual[][] levels;

  /**
   * A residual within the stem.
   *
   * @param from the first column that is added
   * @param to the first column that it is added to
   * @param width how many
   */
  private record Residual(int from, int to, int width) {}

  private Stem(
      Plan tail,
      float[] weights,
      float[] bias,
      float[] linear,
      float[] absolute,
      float[] shifts,
      Residual[][] levels) {
    this.tail = tail;
    this.weights = weights;
    this.bias = bias;
    this.linear = linear;
    this.absolute = absolute;
    this.shifts = shifts;
    this.levels = levels;
  }

  /**
   * Splits a plan; empty where something else than a product reads the input.
   *
   * @param plan the plan
   * @param parameters its parameters
   * @param states its running statistics
   */
  public static Optional<Stem> of(Plan plan, float[] parameters, float[] states) {
    return new Splitter(plan, parameters, states).split();
  }

  /** The columns of the input. */
  public int inputWidth() {
    return weights.length / width();
  }

  /** The columns that it gives. */
  public int width() {
    return bias.length;
  }

  /** Input width x width: the weights of all products. */
  public float[] weights() {
    return weights;
  }

  /** Their biases; 0 where a product has none. */
  public float[] bias() {
    return bias;
  }

  /** The rest of the network: its input is what the stem gives. */
  public Plan tail() {
    return tail;
  }

  /**
   * With {@link #absolute} and {@link #shifts}, what follows a sum {@code s} before residuals are
   * added: {@code linear s + absolute |s| + shift}. Every ReLU and PReLU is such a line with a
   * kink: with slope a below zero, {@code (1 + a) / 2 s + (1 - a) / 2 |s|}; a normalisation scales
   * it.
   */
  public float[] linear() {
    return linear;
  }

  /** See {@link #linear}. */
  public float[] absolute() {
    return absolute;
  }

  /** See {@link #linear}; empty where all are 0. */
  public float[] shifts() {
    return shifts;
  }

  /**
   * How many residuals stand on one another: the length of the scratch of {@link #addResiduals}.
   */
  public int levels() {
    return levels.length;
  }

  /**
   * Adds the residuals to a row, in place.
   *
   * @param row activated sums
   * @param scratch for each of the {@link #levels} a row, zero at first and not to be touched
   */
  public void addResiduals(float[] row, float[][] scratch) {
    for (int level = 0; level < levels.length; level++) {
      float[] added = scratch[level];
      for (Residual residual : levels[level]) {
        System.arraycopy(row, residual.from, added, residual.to, residual.width);
      }
      for (int j = 0; j < row.length; j++) {
        row[j] += added[j];
      }
    }
  }

  /** One product and what follows it. */
  private record Member(
      Step.Dense product,
      Step.@Nullable Activate activation,
      Step.@Nullable BatchNorm norm,
      @Nullable Value residual,
      Value output,
      int firstRow,
      int column,
      int level) {}

  /** Finds the members and puts them together. */
  private static final class Splitter {
    private final Plan plan;
    private final float[] parameters;
    private final float[] states;

    /** By value, the first column of the input that it stands for. */
    private final Map<Integer, Integer> views = new HashMap<>();

    private final Map<Value, Member> members = new LinkedHashMap<>();
    private final Set<Value> merged = new HashSet<>();
    private int width;

    Splitter(Plan plan, float[] parameters, float[] states) {
      this.plan = plan;
      this.parameters = parameters;
      this.states = states;
      views.put(plan.input().id(), 0);
    }

    Optional<Stem> split() {
      for (Object operation : Fuser.fuse(plan).operations()) {
        if (operation instanceof FusedStep fused) {
          Integer firstRow = views.get(fused.input().id());
          if (fused.product() != null && firstRow != null) {
            add(fused, fused.product(), firstRow);
          } else if (firstRow != null) {
            return Optional.empty();
          }
          if (fused.residual() != null && views.containsKey(fused.residual().id())) {
            return Optional.empty();
          }
        } else if (operation instanceof Step.Columns columns
            && views.containsKey(columns.input().id())) {
          views.put(columns.output().id(), views.get(columns.input().id()) + columns.from());
        } else if (readsInput(((Step) operation).inputs())) {
          return Optional.empty();
        }
      }
      if (readsInput(plan.outputs().values())) {
        return Optional.empty();
      }
      return Optional.of(stem());
    }

    private boolean readsInput(Collection<Value> values) {
      return values.stream().anyMatch(value -> views.containsKey(value.id()));
    }

    private void add(FusedStep fused, Step.Dense product, int firstRow) {
      Step.Activate activation = fused.activation();
      boolean simple =
          activation == null
              || activation.activation() == Activation.RELU
              || activation.activation() == Activation.PRELU;
      Member parent = fused.residual() == null ? null : members.get(fused.residual());
      // What needs more than sums and lines is left to the tail, from the product on.
      boolean whole = simple && (fused.residual() == null || parent != null);
      Member member =
          whole
              ? new Member(
                  product,
                  activation,
                  fused.norm(),
                  fused.residual(),
                  fused.output(),
                  firstRow,
                  width,
                  parent == null ? 0 : parent.level + 1)
              : new Member(product, null, null, null, product.output(), firstRow, width, 0);
      members.put(member.output, member);
      width += product.output().width();
      merged.add(product.output());
      if (whole) {
        if (activation != null) {
          merged.add(activation.output());
        }
        if (fused.norm() != null) {
          merged.add(fused.norm().output());
        }
        merged.add(fused.output());
      }
    }

    private Stem stem() {
      float[] weights = new float[plan.input().width() * width];
      float[] bias = new float[width];
      float[] linear = new float[width];
      float[] absolute = new float[width];
      float[] shifts = new float[width];
      boolean shifted = false;
      List<List<Residual>> levels = new ArrayList<>();
      for (Member member : members.values()) {
        copyWeights(member, weights, bias);
        for (int c = 0; c < member.output.width(); c++) {
          float slope = slope(member.activation, c);
          linear[member.column + c] = (1 + slope) / 2;
          absolute[member.column + c] = (1 - slope) / 2;
        }
        if (member.norm != null) {
          FoldedNorm line = FoldedNorm.of(member.norm, parameters, states);
          shifted = true;
          for (int c = 0; c < member.output.width(); c++) {
            linear[member.column + c] *= line.scales()[c];
            absolute[member.column + c] *= line.scales()[c];
            shifts[member.column + c] = line.shifts()[c];
          }
        }
        if (member.residual != null) {
          while (levels.size() < member.level) {
            levels.add(new ArrayList<>());
          }
          Member parent = Objects.requireNonNull(members.get(member.residual));
          levels
              .get(member.level - 1)
              .add(new Residual(parent.column, member.column, member.output.width()));
        }
      }
      return new Stem(
          tail(),
          weights,
          bias,
          linear,
          absolute,
          shifted ? shifts : new float[0],
          levels.stream().map(level -> level.toArray(new Residual[0])).toArray(Residual[][]::new));
    }

    private float slope(Step.@Nullable Activate activation, int column) {
      if (activation == null) {
        return 1;
      }
      Parameter slope = activation.slope();
      return slope == null ? 0 : parameters[slope.offset() + column];
    }

    private void copyWeights(Member member, float[] weights, float[] bias) {
      Parameter from = member.product.weights();
      for (int r = 0; r < from.rows(); r++) {
        System.arraycopy(
            parameters,
            from.offset() + r * from.columns(),
            weights,
            (member.firstRow + r) * width + member.column,
            from.columns());
      }
      Parameter biases = member.product.bias();
      if (biases != null) {
        System.arraycopy(parameters, biases.offset(), bias, member.column, biases.size());
      }
    }

    private Plan tail() {
      Value input = new Value(plan.input().id(), width);
      List<Step> steps = new ArrayList<>();
      for (Member member : members.values()) {
        steps.add(new Step.Columns(member.column, input, member.output));
      }
      Set<Integer> gone = new HashSet<>(views.keySet());
      merged.stream()
          .filter(value -> !members.containsKey(value))
          .forEach(value -> gone.add(value.id()));
      for (Step step : plan.steps()) {
        if (step instanceof Step.Dropout dropout && gone.contains(dropout.input().id())) {
          gone.add(dropout.output().id());
        } else if (!gone.contains(step.output().id()) && !merged.contains(step.output())) {
          steps.add(step);
        }
      }
      return new Plan(
          input,
          steps,
          plan.parameters(),
          plan.parameterCount(),
          plan.initialStates(),
          plan.valueCount(),
          plan.outputs());
    }
  }
}
