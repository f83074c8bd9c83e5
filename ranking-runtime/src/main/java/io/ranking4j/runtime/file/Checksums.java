package io.ranking4j.runtime.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum of model files. */
final class Checksums {
  /** Length of a checksum in bytes. */
  static final int BYTES = 32;

  private Checksums() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, but this one has not", e);
    }
  }
}
