package io.ranking4j.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.kernel.Activation;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
  /** Every kind of step, start and activation; the steps are numbered in the comments. */
  static Plan everything() {
    PlanBuilder builder = new PlanBuilder(4);
    Value x = builder.dense("first", builder.input(), 3); // 0
    x = builder.activate("first", x, Activation.PRELU); // 1
    x = builder.batchNorm("first.norm", x); // 2
    x = builder.dropout(x, 0.25); // 3
    Value y = builder.dense("second", builder.input(), 3, (Start) null); // 4
    for (Activation activation : Activation.values()) {
      if (activation != Activation.PRELU) {
        y = builder.activate("second", y, activation); // 5 to 8
      }
    }
    Value sum = builder.add(x, y); // 9
    Value product = builder.multiply(sum, y); // 10
    Value both = builder.concat(List.of(sum, product)); // 11
    Value some = builder.columns(both, 2, 3); // 12
    Value a = builder.dense("a", some, 1, new Start.BaseRate("a")); // 13
    Value b =
        builder.dense(
            "b",
            some,
            1,
            new Start.Difference(new Start.BaseRate("b"), new Start.BaseRateRatio("b", "a"))); // 14
    Value c = builder.dense("c", some, 1, new Start.BaseRateRatio("c", "a")); // 15
    builder.output("a", a);
    builder.output("b", builder.add(b, a)); // 16
    builder.output("c", builder.logitOfProduct(a, c)); // 17
    Value again = builder.denseAgain(a, builder.columns(both, 1, 3)); // 18, 19
    Value weights = builder.softmax(builder.concat(List.of(again, a)), 1); // 20, 21
    Value mixed = builder.mixture(weights, both, 2); // 22
    Value pairs = builder.pairs(both, 3); // 23
    builder.output("d", builder.dot(mixed, pairs, 1, 0.5)); // 24
    return builder.build();
  }

  @Test
  void should_read_what_it_wrote() {
    Plan plan = everything();

    Plan read = PlanCodec.read(PlanCodec.write(plan));

    assertThat(read.input()).isEqualTo(plan.input());
    assertThat(read.steps()).isEqualTo(plan.steps());
    assertThat(read.parameters()).isEqualTo(plan.parameters());
    assertThat(read.parameterCount()).isEqualTo(plan.parameterCount());
    assertThat(read.initialStates()).isEqualTo(plan.initialStates());
    assertThat(read.stateCount()).isEqualTo(6);
    assertThat(read.valueCount()).isEqualTo(plan.valueCount());
    assertThat(List.copyOf(read.outputs().entrySet()))
        .isEqualTo(List.copyOf(plan.outputs().entrySet()));
    assertThat(read.outputWidth()).isEqualTo(4);
  }

  @Test
  void should_refuse_unknown_words() {
    refuse(
        json -> step(json, 9).put("type", "addd"),
        "step 9 of the plan must have a known type of step, but was 'addd'");
    refuse(
        json -> step(json, 1).put("activation", "GELU"),
        "step 1 of the plan must have a known activation, but was 'GELU'");
    refuse(
        json -> step(json, 0).put("weights", "third.weights"),
        "step 0 of the plan must have a known parameter, but was 'third.weights'");
    refuse(
        json -> ((ObjectNode) parameter(json, 0).get("start")).put("type", "he"),
        "plan must have a known start, but was 'he'");
  }

  @Test
  void should_refuse_values_that_are_not_there() {
    refuse(
        json -> step(json, 2).put("output", 7),
        "step 2 of the plan must have outputs numbered in order, 3");
    refuse(
        json -> inputs(json, 0).set(0, 1),
        "step 0 of the plan must have values that were computed before, but read value 1");
    refuse(
        json -> inputs(json, 0).set(0, -1),
        "step 0 of the plan must have values that were computed before, but read value -1");
    refuse(
        json -> inputs(json, 0).set(0, "x"),
        "step 0 of the plan must have inputs that are numbers");
    refuse(json -> inputs(json, 0).removeAll(), "step 0 of the plan must have at least one input");
    refuse(
        json -> output(json, 1).put("value", 99),
        "outputs of the plan must have values that were computed before, but read value 99");
  }

  @Test
  void should_refuse_shapes_that_do_not_fit() {
    refuse(
        json -> parameter(json, 0).put("rows", 5),
        "step 0 of the plan must have parameter 'first.weights' of shape 4 x 3");
    refuse(
        json -> step(json, 9).put("width", 4), "step 9 of the plan must have width 3, but was 4");
    refuse(
        json -> step(json, 11).put("width", 5), "step 11 of the plan must have width 6, but was 5");
    refuse(json -> step(json, 12).put("from", 4), "step 12 of the plan must have 'from' in [0, 3]");
    refuse(
        json -> step(json, 12).put("from", -1), "step 12 of the plan must have 'from' in [0, 3]");
    refuse(json -> inputs(json, 9).set(1, 0), "step 9 of the plan must have inputs of one width");
    refuse(json -> inputs(json, 9).remove(1), "step 9 of the plan must have two inputs");
    refuse(json -> inputs(json, 4).add(0), "step 4 of the plan must have 1 inputs, but had 2");
    refuse(
        json -> json.put("inputWidth", PlanCodec.MAX_WIDTH + 1),
        "plan must have 'inputWidth' in [1, 1048576]");
    refuse(
        json -> {
          parameter(json, 0).put("rows", 1 << 20).put("columns", 1 << 20);
        },
        "plan must have fewer floats");
  }

  @Test
  void should_refuse_widths_whose_sum_overflows() {
    ObjectNode json = tree();
    json.put("inputWidth", PlanCodec.MAX_WIDTH);
    ObjectNode concat = step(json, 11).deepCopy();
    ((ArrayNode) json.get("steps")).removeAll().add(concat);
    ArrayNode inputs = concat.putArray("inputs");
    for (int i = 0; i < 4096; i++) {
      inputs.add(0);
    }
    concat.put("width", 1).put("output", 1);

    assertThatThrownBy(() -> PlanCodec.read(json.toString()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("step 0 of the plan must have width 4294967296, but was 1");
  }

  @Test
  void should_refuse_more_running_statistics_than_any_network_has() {
    ObjectNode json = tree();
    json.put("inputWidth", PlanCodec.MAX_WIDTH);
    ArrayNode parameters = json.putArray("parameters");
    ArrayNode steps = json.putArray("steps");
    for (int i = 0; i < 9; i++) {
      for (String name : List.of("gamma", "beta")) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name + i).put("rows", 1).put("columns", PlanCodec.MAX_WIDTH);
        parameter.putObject("start").put("type", "glorot");
      }
      ObjectNode step = steps.addObject();
      step.put("type", "batchNorm").put("gamma", "gamma" + i).put("beta", "beta" + i);
      step.put("momentum", 0.9).put("epsilon", 0.1).put("width", PlanCodec.MAX_WIDTH);
      step.put("output", i + 1).putArray("inputs").add(i);
    }

    assertThatThrownBy(() -> PlanCodec.read(json.toString()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "step 8 of the plan must have at most 16777216 running statistics before and in it");
  }

  @Test
  void should_refuse_parameters_that_are_shared_or_out_of_place() {
    refuse(
        json -> step(json, 15).put("bias", "a.bias"),
        "step 15 of the plan must have parameter 'a.bias' used once");
    refuse(
        json -> parameter(json, 1).put("name", "first.weights"),
        "plan must have parameter 'first.weights' once");
    refuse(json -> step(json, 1).remove("slope"), "step 1 of the plan must have slopes with PRELU");
    refuse(
        json -> step(json, 2).put("epsilon", 0), "step 2 of the plan must have a positive epsilon");
    refuse(json -> step(json, 3).put("rate", 1), "step 3 of the plan must have a 'rate' in (0, 1)");
    refuse(
        json -> step(json, 2).put("momentum", "much"),
        "step 2 of the plan must have a finite number 'momentum'");
  }

  @Test
  void should_refuse_outputs_that_cannot_be_served() {
    refuse(
        json -> json.putArray("outputs"),
        "the plan cannot be run: a plan needs at least one output");
    refuse(
        json -> output(json, 1).put("task", "a"), "outputs of the plan must have each task once");
    refuse(
        json -> output(json, 0).put("value", 4),
        "the plan cannot be run: an output must not be what a dropout gives, but that of task 'a'"
            + " is");
    refuse(
        json -> output(json, 2).put("value", 0),
        "the plan cannot be run: what a step gives must be used, but value 18 of step 17"
            + " (LogitOfProduct) is not");
  }

  @Test
  void should_refuse_what_is_no_plan() {
    refuse(json -> json.remove("inputWidth"), "plan must have 'inputWidth' in [1, 1048576]");
    refuse(json -> json.remove("steps"), "plan must have a list 'steps'");
    refuse(json -> json.put("parameters", "none"), "plan must have a list 'parameters'");
    refuse(json -> step(json, 0).remove("type"), "step 0 of the plan must have a text 'type'");
    refuse(
        json -> step(json, 0).put("width", 1.5),
        "step 0 of the plan must have 'width' in [1, 1048576]");
  }

  @Test
  void should_refuse_parts_that_do_not_divide() {
    refuse(
        json -> step(json, 21).put("groups", 3),
        "step 21 of the plan must have 'groups' in [1, 2]");
    refuse(
        json -> step(json, 22).put("count", 1),
        "step 22 of the plan must have width 12, but was 3");
    refuse(json -> inputs(json, 22).remove(1), "step 22 of the plan must have two inputs");
    refuse(
        json -> step(json, 23).put("width", 4),
        "step 23 of the plan must have columns that divide into 4 parts, but had 6");
    refuse(
        json -> step(json, 24).put("width", 2),
        "step 24 of the plan must have columns that divide into 2 parts, but had 3");
    refuse(
        json -> step(json, 24).put("scale", "half"),
        "step 24 of the plan must have a finite number 'scale'");
  }

  private static ObjectNode step(ObjectNode json, int index) {
    return (ObjectNode) json.get("steps").get(index);
  }

  private static ArrayNode inputs(ObjectNode json, int index) {
    return (ArrayNode) step(json, index).get("inputs");
  }

  private static ObjectNode parameter(ObjectNode json, int index) {
    return (ObjectNode) json.get("parameters").get(index);
  }

  private static ObjectNode output(ObjectNode json, int index) {
    return (ObjectNode) json.get("outputs").get(index);
  }

  private static ObjectNode tree() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(PlanCodec.write(everything()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void refuse(Consumer<ObjectNode> change, String message) {
    ObjectNode json = tree();
    change.accept(json);
    assertThatThrownBy(() -> PlanCodec.read(json.toString()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(message);
  }
}
