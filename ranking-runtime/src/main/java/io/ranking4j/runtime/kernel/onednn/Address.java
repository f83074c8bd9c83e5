package io.ranking4j.runtime.kernel.onednn;

import org.bytedeco.javacpp.Pointer;

/** A bare address: owns nothing, and has no position that native code could misread as bytes. */
final class Address extends Pointer {
  Address(long address) {
    this.address = address;
  }
}
