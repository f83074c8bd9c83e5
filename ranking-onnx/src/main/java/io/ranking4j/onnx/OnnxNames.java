package io.ranking4j.onnx;

/** What the inputs of an exported graph are called. */
final class OnnxNames {
  /** The matrix of all dense columns. */
  static final String DENSE = "dense";

  private OnnxNames() {}

  /** Which of a multi-valued feature's ids are values and which are padding. */
  static String mask(String feature) {
    return feature + ".mask";
  }
}
