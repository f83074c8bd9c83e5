package io.ranking4j.runtime;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.json.Json;
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
  private TaskCodec() {}

  static Json write(TaskOutput output) {
    Task task = output.task();
    Json node = Json.object();
    node.put("name", task.name());
    Json kind = node.putObject("kind").put("type", task.kind().typeId());
    Json properties = kind.putObject("properties");
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

  private static void write(Residual link, Json node) {
    node.put("parent", link.parent()).put("allLayers", link.allLayers());
    Json layers = node.putArray("layers");
    link.layers().forEach(layer -> layers.add(layer.longValue()));
    node.put("logit", link.logit());
  }

  private static void write(Calibrator calibrator, Json node) {
    node.put("type", calibrator.typeId());
    Json parameters = node.putArray("parameters");
    for (double parameter : calibrator.parameters()) {
      parameters.add(parameter);
    }
    if (!calibrator.properties().isEmpty()) {
      Json properties = node.putObject("properties");
      new TreeMap<>(calibrator.properties()).forEach(properties::put);
    }
  }

  static TaskOutput read(Json node) {
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

  private static TaskKind kind(Json node) {
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

  private static Map<String, String> properties(Json node) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name : node.names()) {
      properties.put(name, text(node, name));
    }
    return properties;
  }

  private static Calibrator calibrator(Json node) {
    String type = text(node, "type");
    Json values = node.path("parameters");
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
        return provider.create(parameters, properties(node.path("properties")));
      }
      known.add(provider.typeId());
    }
    throw new UnknownNameException("calibrator", type, known);
  }

  private static Residual residual(Json node) {
    Set<Integer> layers = new TreeSet<>();
    for (Json layer : node.path("layers")) {
      if (!layer.isInt()) {
        throw new ModelFileException("layers of a residual link must be whole numbers");
      }
      layers.add(layer.intValue());
    }
    return new Residual(text(node, "parent"), flag(node, "allLayers"), layers, flag(node, "logit"));
  }

  private static boolean flag(Json node, String key) {
    if (!node.path(key).isFlag()) {
      throw new ModelFileException("a residual link must say '" + key + "': true or false");
    }
    return node.path(key).flag();
  }

  private static String text(Json node, String key) {
    if (!node.path(key).isText()) {
      throw new ModelFileException("the manifest must have a text '" + key + "' for each task");
    }
    return node.path(key).text();
  }

  private static double number(Json node, String key) {
    if (!node.path(key).isNumber()) {
      throw new ModelFileException("the manifest must have a number '" + key + "' for each task");
    }
    return node.path(key).doubleValue();
  }
}
