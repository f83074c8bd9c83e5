package io.ranking4j.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;
import io.ranking4j.spi.TaskKind;
import io.ranking4j.spi.TaskKindProvider;
import io.ranking4j.task.BinaryKind;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tasks and their corrections as JSON and back. Kinds and calibrators are named by type id; only
 * ids of providers on the class path are made, never a class by its name.
 */
final class TaskCodec {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TaskCodec() {}

  static ObjectNode write(TaskOutput output) {
    Task task = output.task();
    ObjectNode node = JSON.objectNode();
    node.put("name", task.name());
    ObjectNode kind = node.putObject("kind").put("type", task.kind().typeId());
    ObjectNode properties = kind.putObject("properties");
    new TreeMap<>(task.kind().properties()).forEach(properties::put);
    node.put("label", task.label());
    if (task.space() instanceof LabelSpace.Given given) {
      node.put("given", given.task());
    }
    node.put("lossWeight", task.lossWeight());
    node.put("positiveWeight", task.positiveWeight());
    node.put("negativeKeepRate", task.negativeKeepRate());
    task.mask().ifPresent(mask -> node.put("mask", mask));
    task.residual().ifPresent(link -> write(link, node.putObject("residual")));
    node.put("logitShift", output.logitShift()).put("intercept", output.intercept());
    output.calibrator().ifPresent(calibrator -> write(calibrator, node.putObject("calibrator")));
    return node;
  }

  private static void write(Residual link, ObjectNode node) {
    node.put("parent", link.parent()).put("allLayers", link.allLayers());
    ArrayNode layers = node.putArray("layers");
    link.layers().forEach(layers::add);
    node.put("logit", link.logit());
  }

  private static void write(Calibrator calibrator, ObjectNode node) {
    node.put("type", calibrator.typeId());
    ArrayNode parameters = node.putArray("parameters");
    for (double parameter : calibrator.parameters()) {
      parameters.add(parameter);
    }
  }

  static TaskOutput read(JsonNode node) {
    String name = text(node, "name");
    try {
      Task task =
          new Task(
              name,
              kind(node.path("kind")),
              text(node, "label"),
              node.has("given") ? LabelSpace.given(text(node, "given")) : LabelSpace.impressions(),
              number(node, "lossWeight"),
              number(node, "positiveWeight"),
              number(node, "negativeKeepRate"),
              node.has("mask") ? Optional.of(text(node, "mask")) : Optional.empty(),
              node.has("residual")
                  ? Optional.of(residual(node.path("residual")))
                  : Optional.empty());
      Optional<Calibrator> calibrator =
          node.has("calibrator")
              ? Optional.of(calibrator(node.path("calibrator")))
              : Optional.empty();
      return new TaskOutput(
          task, number(node, "logitShift"), number(node, "intercept"), calibrator);
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw new ModelFileException("task '" + name + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static TaskKind kind(JsonNode node) {
    String type = text(node, "type");
    if (type.equals(BinaryKind.TYPE_ID)) {
      return BinaryKind.INSTANCE;
    }
    Set<String> known = new TreeSet<>(Set.of(BinaryKind.TYPE_ID));
    for (TaskKindProvider provider : Providers.of(TaskKindProvider.class)) {
      if (provider.typeId().equals(type)) {
        return provider.create(properties(node.path("properties")));
      }
      known.add(provider.typeId());
    }
    throw new UnknownNameException("kind of task", type, known);
  }

  private static Map<String, String> properties(JsonNode node) {
    Map<String, String> properties = new LinkedHashMap<>();
    node.properties().forEach(entry -> properties.put(entry.getKey(), text(node, entry.getKey())));
    return properties;
  }

  private static Calibrator calibrator(JsonNode node) {
    String type = text(node, "type");
    JsonNode values = node.path("parameters");
    double[] parameters = new double[values.size()];
    for (int i = 0; i < parameters.length; i++) {
      if (!values.path(i).isNumber()) {
        throw new ModelFileException("parameters of calibrator '" + type + "' must be numbers");
      }
      parameters[i] = values.path(i).doubleValue();
    }
    Set<String> known = new TreeSet<>();
    for (CalibratorProvider provider : Providers.of(CalibratorProvider.class)) {
      if (provider.typeId().equals(type)) {
        return provider.create(parameters);
      }
      known.add(provider.typeId());
    }
    throw new UnknownNameException("calibrator", type, known);
  }

  private static Residual residual(JsonNode node) {
    Set<Integer> layers = new TreeSet<>();
    for (JsonNode layer : node.path("layers")) {
      if (!layer.canConvertToInt() || !layer.isIntegralNumber()) {
        throw new ModelFileException("layers of a residual link must be whole numbers");
      }
      layers.add(layer.intValue());
    }
    return new Residual(text(node, "parent"), flag(node, "allLayers"), layers, flag(node, "logit"));
  }

  private static boolean flag(JsonNode node, String key) {
    if (!node.path(key).isBoolean()) {
      throw new ModelFileException("a residual link must say '" + key + "': true or false");
    }
    return node.path(key).booleanValue();
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw new ModelFileException("the manifest must have a text '" + key + "' for each task");
    }
    return node.path(key).textValue();
  }

  private static double number(JsonNode node, String key) {
    if (!node.path(key).isNumber()) {
      throw new ModelFileException("the manifest must have a number '" + key + "' for each task");
    }
    return node.path(key).doubleValue();
  }
}
