package io.ranking4j.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Codes for categories in the order they are first seen: a dictionary being made. */
final class Codes {
  private static final int START = 1 << 10;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Map<String, Integer> ofText = new HashMap<>();
  private String[] dictionary = new String[16];
  private int size;

  // Whole numbers are looked up by value, so that a text is made once a category and not once a
  // row.
  private long[] numbers = new long[START];
  private int[] numberCodes = new int[START];
  private int numberCount;

  Codes() {
    Arrays.fill(numberCodes, -1);
  }

  int of(String text) {
    Integer known = ofText.get(text);
    if (known != null) {
      return known;
    }
    if (size == dictionary.length) {
      dictionary = Arrays.copyOf(dictionary, 2 * size);
    }
    dictionary[size] = text;
    ofText.put(text, size);
    return size++;
  }

  int of(long number) {
    int slot = slot(number);
    if (numberCodes[slot] >= 0) {
      return numberCodes[slot];
    }
    int code = of(Long.toString(number));
    if (2 * (numberCount + 1) > numbers.length) {
      grow();
      slot = slot(number);
    }
    numbers[slot] = number;
    numberCodes[slot] = code;
    numberCount++;
    return code;
  }

  /** The text of a number as a category: the digits of a whole one, the shortest of any other. */
  static String text(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p63;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  String[] dictionary() {
    return Arrays.copyOf(dictionary, size);
  }

  private int slot(long number) {
    int mask = numbers.length - 1;
    int slot = (int) ((number * GOLDEN) >>> 32) & mask;
    while (numberCodes[slot] >= 0 && numbers[slot] != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldNumbers = numbers;
    int[] oldCodes = numberCodes;
    numbers = new long[2 * oldNumbers.length];
    numberCodes = new int[2 * oldNumbers.length];
    Arrays.fill(numberCodes, -1);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldCodes[i] >= 0) {
        int slot = slot(oldNumbers[i]);
        numbers[slot] = oldNumbers[i];
        numberCodes[slot] = oldCodes[i];
      }
    }
  }
}
