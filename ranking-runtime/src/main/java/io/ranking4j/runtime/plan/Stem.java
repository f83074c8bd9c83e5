package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Group> groups;

  /**
   * Neighbouring columns of the stem that are alike, and what follows their sums, in this order:
   * activate, scale and shift, add the residual.
   *
   * @param column the first of them
   * @param width how many
   * @param activation what is applied to them
   * @param slopes of each column for {@link Activation#PRELU}, else empty
   * @param scales of each column, or empty
   * @param shifts of each column, or empty as the scales
   * @param residual the first of the columns that are added, which belong to earlier groups, or
   *     {@link #NO_RESIDUAL}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Group(
      int column,
      int width,
      Activation activation,
      float[] slopes,
      float[] scales,
      float[] shifts,
      int residual) {
    /** Nothing is added. */
    public static final int NO_RESIDUAL = -1;

    boolean joins(Group next) {
      return residual == NO_RESIDUAL
          && next.residual == NO_RESIDUAL
          && activation == next.activation
          && scales.length == 0 == (next.scales.length == 0);
    }

    Group join(Group next) {
      return new Group(
          column,
          width + next.width,
          activation,
          concat(slopes, next.slopes),
          concat(scales, next.scales),
          concat(shifts, next.shifts),
          NO_RESIDUAL);
    }

    private static float[] concat(float[] a, float[] b) {
      float[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }
  }

  private Stem(Plan tail, float[] weights, float[] bias, List<Group> groups) {
    this.tail = tail;
    this.weights = weights;
    this.bias = bias;
    this.groups = groups;
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

  /** What follows the sums; the groups come in the order of their columns and cover them all. */
  public List<Group> groups() {
    return groups;
  }

  /** One product and what follows it. */
  private record Member(
      Step.Dense product,
      Step.@Nullable Activate activation,
      Step.@Nullable BatchNorm norm,
      @Nullable Value residual,
      Value output,
      int firstRow,
      int column) {}

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
      for (Value value : values) {
        if (views.containsKey(value.id())) {
          return true;
        }
      }
      return false;
    }

    private void add(FusedStep fused, Step.Dense product, int firstRow) {
      // A residual from elsewhere is left to the tail, and so is what stands before it.
      boolean whole = fused.residual() == null || members.containsKey(fused.residual());
      Member member =
          whole
              ? new Member(
                  product,
                  fused.activation(),
                  fused.norm(),
                  fused.residual(),
                  fused.output(),
                  firstRow,
                  width)
              : new Member(product, null, null, null, product.output(), firstRow, width);
      members.put(member.output, member);
      width += product.output().width();
      merged.add(product.output());
      if (whole) {
        if (fused.activation() != null) {
          merged.add(fused.activation().output());
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
      List<Group> groups = new ArrayList<>();
      for (Member member : members.values()) {
        copyWeights(member, weights, bias);
        Group group = group(member);
        int last = groups.size() - 1;
        if (last >= 0 && groups.get(last).joins(group)) {
          groups.set(last, groups.get(last).join(group));
        } else {
          groups.add(group);
        }
      }
      return new Stem(tail(), weights, bias, List.copyOf(groups));
    }

    private Group group(Member member) {
      Step.Activate activate = member.activation;
      Parameter slope = activate == null ? null : activate.slope();
      FoldedNorm line = member.norm == null ? null : FoldedNorm.of(member.norm, parameters, states);
      Member parent = member.residual == null ? null : members.get(member.residual);
      float[] none = new float[0];
      return new Group(
          member.column,
          member.output.width(),
          activate == null ? Activation.NONE : activate.activation(),
          slope == null
              ? none
              : Arrays.copyOfRange(parameters, slope.offset(), slope.offset() + slope.size()),
          line == null ? none : line.scales(),
          line == null ? none : line.shifts(),
          parent == null ? Group.NO_RESIDUAL : parent.column);
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
      for (Value value : merged) {
        if (!members.containsKey(value)) {
          gone.add(value.id());
        }
      }
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
