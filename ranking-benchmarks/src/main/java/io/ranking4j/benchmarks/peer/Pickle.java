package io.ranking4j.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The few operations of Python's pickle format, protocol 2, that describe a module and its tensors.
 */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Pickle() {
    op(0x80).op(2);
  }

  private Pickle op(int code) {
    bytes.write(code);
    return this;
  }

  /** A class or a function. */
  Pickle global(String module, String name) {
    op('c');
    bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Pickle text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X').fourBytes(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /** A number from 0 to 2^31 - 1. */
  Pickle number(long number) {
    return op('J').fourBytes(Math.toIntExact(number));
  }

  private Pickle fourBytes(int number) {
    return op(number & 0xff)
        .op(number >>> 8 & 0xff)
        .op(number >>> 16 & 0xff)
        .op(number >>> 24 & 0xff);
  }

  Pickle no() {
    return op(0x89);
  }

  /** Starts a tuple, or the entries of a dictionary. */
  Pickle mark() {
    return op('(');
  }

  /** Ends a tuple. */
  Pickle tuple() {
    return op('t');
  }

  Pickle emptyTuple() {
    return op(')');
  }

  Pickle emptyDictionary() {
    return op('}');
  }

  /** Ends the entries of a dictionary. */
  Pickle entries() {
    return op('u');
  }

  /** Calls a function with a tuple. */
  Pickle call() {
    return op('R');
  }

  /** Makes an object of a class. */
  Pickle newObject() {
    return op(0x81);
  }

  /** Sets the state of an object. */
  Pickle state() {
    return op('b');
  }

  /** What a tuple names, which stands elsewhere. */
  Pickle persistent() {
    return op('Q');
  }

  byte[] end() {
    op('.');
    return bytes.toByteArray();
  }
}
