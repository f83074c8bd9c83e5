package io.ranking4j.nn.training;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Part;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Tasks of a network and all learned numbers that their outputs depend on, which no other task's
 * do: parameters, running statistics, columns of embedding tables. Such a part can be taken from
 * another epoch than the others, and its tasks predict what they did then.
 */
final class TaskPart {
  private final List<String> tasks;
  private final BitSet parameters;
  private final BitSet states;

  /** By table, its columns. */
  private final List<BitSet> columns;

  private TaskPart(List<String> tasks, BitSet parameters, BitSet states, List<BitSet> columns) {
    this.tasks = tasks;
    this.parameters = parameters;
    this.states = states;
    this.columns = columns;
  }

  /** The parts of a network, in the order of their first tasks: one where everything is shared. */
  static List<TaskPart> of(Plan plan, InputLayout layout, List<String> tasks) {
    List<TaskPart> parts = new ArrayList<>();
    for (String task : tasks) {
      TaskPart joined = ofTask(plan, layout, task);
      int at = parts.size();
      for (int p = parts.size() - 1; p >= 0; p--) {
        if (parts.get(p).shares(joined)) {
          joined = parts.remove(p).and(joined);
          at = p;
        }
      }
      parts.add(at, joined);
    }
    return parts;
  }

  /** A part that is never taken from another epoch than the rest, since there is no rest. */
  static TaskPart whole(List<String> tasks) {
    return new TaskPart(List.copyOf(tasks), new BitSet(), new BitSet(), List.of());
  }

  private static TaskPart ofTask(Plan plan, InputLayout layout, String task) {
    Part part = Part.of(plan, List.of(task));
    BitSet parameters = new BitSet();
    for (Parameter parameter : part.sources()) {
      parameters.set(parameter.offset(), parameter.offset() + parameter.size());
    }
    BitSet states = new BitSet();
    for (Step.BatchNorm norm : part.norms()) {
      states.set(norm.meanOffset(), norm.meanOffset() + 2 * norm.input().width());
    }
    BitSet inputs = inputs(part.plan());
    List<BitSet> columns = new ArrayList<>();
    layout.tables().forEach(table -> columns.add(new BitSet()));
    for (EmbeddingField field : layout.embeddings()) {
      int from = field.offset();
      BitSet read = inputs.get(from, from + field.width());
      if (field.attends() && !read.isEmpty()) {
        // Which rows weigh how much depends on all columns of the list and of what it is pooled by.
        read.set(0, field.width());
        columns.get(layout.embeddings().get(field.query()).table()).set(0, field.width());
      }
      columns.get(field.table()).or(read);
    }
    return new TaskPart(List.of(task), parameters, states, columns);
  }

  /** The columns of its input that a plan reads. */
  private static BitSet inputs(Plan plan) {
    Value input = plan.input();
    BitSet read = new BitSet();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Columns some && some.input().equals(input)) {
        read.set(some.from(), some.from() + some.output().width());
      } else if (step.inputs().contains(input)) {
        read.set(0, input.width());
      }
    }
    return read;
  }

  private boolean shares(TaskPart other) {
    boolean shared = parameters.intersects(other.parameters) || states.intersects(other.states);
    for (int t = 0; t < columns.size(); t++) {
      shared |= columns.get(t).intersects(other.columns.get(t));
    }
    return shared;
  }

  private TaskPart and(TaskPart other) {
    List<String> all = new ArrayList<>(tasks);
    all.addAll(other.tasks);
    List<BitSet> both = new ArrayList<>();
    for (int t = 0; t < columns.size(); t++) {
      both.add(union(columns.get(t), other.columns.get(t)));
    }
    return new TaskPart(
        List.copyOf(all),
        union(parameters, other.parameters),
        union(states, other.states),
        List.copyOf(both));
  }

  private static BitSet union(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  /** The names of its tasks. */
  List<String> tasks() {
    return tasks;
  }

  /** Copies its numbers. */
  void copy(Weights from, Weights to) {
    copy(parameters, from.parameters(), to.parameters(), 0);
    copy(states, from.states(), to.states(), 0);
    for (int t = 0; t < columns.size(); t++) {
      EmbeddingTable source = from.tables().get(t);
      for (int row = 0; row < source.spec().rows(); row++) {
        copy(
            columns.get(t),
            source.values(),
            to.tables().get(t).values(),
            row * source.spec().width());
      }
    }
  }

  private static void copy(BitSet which, float[] from, float[] to, int start) {
    for (int i = which.nextSetBit(0); i >= 0; ) {
      int end = which.nextClearBit(i);
      System.arraycopy(from, start + i, to, start + i, end - i);
      i = which.nextSetBit(end);
    }
  }
}
