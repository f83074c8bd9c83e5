package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.json.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The options of architectures as JSON. Architectures are records, and their components are the
 * members: an architecture that is added has its JSON by being written.
 */
final class ArchitectureJson {
  private static final String NAME = "name";

  private ArchitectureJson() {}

  /**
   * An architecture with what is said changed.
   *
   * @param root its object, whose other members are additions
   * @param defaults what is not said
   */
  static Architecture read(Json root, Architecture defaults) {
    return (Architecture)
        record(root, (Record) defaults, "option of model '" + defaults.name() + "'", true);
  }

  private static Record record(Json node, Record defaults, String what, boolean outermost) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(what + " must be an object, but was " + node);
    }
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    List<String> known = new ArrayList<>();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      known.add(name);
      types[i] = components[i].getType();
      Object former = get(components[i], defaults);
      values[i] = node.has(name) ? component(node, name, former) : former;
    }
    if (outermost) {
      known.addAll(AdditionsJson.MEMBERS);
    }
    for (String name : node.names()) {
      if (!known.contains(name) && !(outermost && name.equals(NAME))) {
        throw new UnknownNameException(what, name, known);
      }
    }
    return make(defaults.getClass(), types, values);
  }

  private static Object component(Json node, String name, Object former) {
    if (former instanceof Mlp mlp) {
      return mlp(node.path(name), name, mlp);
    }
    if (former instanceof Record inner) {
      return record(node.path(name), inner, "member of '" + name + "'", false);
    }
    if (former instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Mlp first) {
      List<Mlp> all = new ArrayList<>();
      for (Json element : array(node, name)) {
        all.add(mlp(element, name, first));
      }
      return all;
    }
    return former instanceof List ? integers(node, name) : value(node, name, former.getClass());
  }

  /** Layers are their widths alone, or an object. */
  private static Mlp mlp(Json node, String name, Mlp defaults) {
    if (!node.isArray()) {
      return (Mlp) record(node, defaults, "member of '" + name + "'", false);
    }
    Json widths = Json.object().put("widths", node);
    return (Mlp) record(widths, defaults, "member of '" + name + "'", false);
  }

  /** A number, truth or word of that type. */
  static Object value(Json node, String name, Class<?> type) {
    Json value = node.path(name);
    if (type == int.class || type == Integer.class) {
      return require(value.isInt(), name, "a whole number", value).intValue();
    }
    if (type == double.class || type == Double.class) {
      return require(value.isNumber(), name, "a number", value).doubleValue();
    }
    if (type == boolean.class || type == Boolean.class) {
      return require(value.isFlag(), name, "true or false", value).flag();
    }
    // An enum constant with a body has a class of its own.
    Class<?> declared = type.isEnum() ? type : type.getSuperclass();
    String word = text(node, name);
    List<String> known = new ArrayList<>();
    for (Object constant : declared.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(word.toUpperCase(Locale.ROOT))) {
        return constant;
      }
      known.add(((Enum<?>) constant).name());
    }
    throw new UnknownNameException(name, word, known);
  }

  static String text(Json node, String name) {
    return text(node.path(name), name, node);
  }

  static String text(Json value, String name, Json within) {
    return require(value.isText(), name, "a string", value.isMissing() ? within : value).text();
  }

  static Json array(Json node, String name) {
    return require(node.path(name).isArray(), name, "an array", node.path(name));
  }

  static List<Integer> integers(Json node, String name) {
    List<Integer> numbers = new ArrayList<>();
    for (Json element : array(node, name)) {
      numbers.add(require(element.isInt(), name, "an array of whole numbers", element).intValue());
    }
    return numbers;
  }

  private static Json require(boolean right, String name, String needed, Json actual) {
    if (!right) {
      throw new IllegalArgumentException(
          "'" + name + "' of an architecture must be " + needed + ", but was " + actual);
    }
    return actual;
  }

  /** Adds the members of a record. */
  static void write(Record from, Json node) {
    for (RecordComponent component : from.getClass().getRecordComponents()) {
      node.put(component.getName(), tree(get(component, from)));
    }
  }

  private static Json tree(Object value) {
    if (value instanceof Mlp mlp && mlp.equals(plain(mlp))) {
      return tree(mlp.widths());
    }
    if (value instanceof Record inner) {
      Json node = Json.object();
      write(inner, node);
      return node;
    }
    if (value instanceof List<?> list) {
      Json array = Json.array();
      list.forEach(element -> array.add(tree(element)));
      return array;
    }
    if (value instanceof Integer number) {
      return Json.of(number);
    }
    if (value instanceof Double number) {
      return Json.of(number);
    }
    return value instanceof Boolean flag ? Json.of(flag) : Json.of(((Enum<?>) value).name());
  }

  private static Mlp plain(Mlp mlp) {
    return Mlp.of(mlp.widths().stream().mapToInt(Integer::intValue).toArray());
  }

  private static Object get(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component + " of " + from, e);
    }
  }

  private static Record make(Class<? extends Record> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot make " + type.getSimpleName() + " of " + Arrays.toString(values), e);
    }
  }
}
