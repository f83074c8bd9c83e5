package io.ranking4j.nn.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory behind ND4J's arrays on the CPU. */
final class NativeFloats {
  private NativeFloats() {}

  /** The floats of an array or view without gaps; valid as long as the array is reachable. */
  static FloatPointer pointer(INDArray array) {
    // The address is that of the view: its offset is in it.
    return new FloatPointer(array.data().addressPointer()).capacity(array.length());
  }
}
