package io.ranking4j.runtime.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/**
 * The checksum of model files, which tells that a file was damaged, not who wrote it: CRC-32C,
 * which processors compute; SHA-256 in format 1, which took longer than reading the rest.
 */
abstract sealed class Checksums {
  /** Takes the bytes from a buffer's position to its limit. */
  abstract void update(ByteBuffer content);

  /** The checksum of all that was taken. */
  abstract byte[] value();

  /** Length of a checksum in bytes. */
  static int bytes(int version) {
    return version == 1 ? 32 : Integer.BYTES;
  }

  /** Starts a checksum of a format. */
  static Checksums of(int version) {
    return version == 1 ? new Sha256() : new Crc32c();
  }

  private static final class Crc32c extends Checksums {
    private final CRC32C crc = new CRC32C();

    @Override
    void update(ByteBuffer content) {
      crc.update(content);
    }

    @Override
    byte[] value() {
      return ByteBuffer.allocate(Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt((int) crc.getValue())
          .array();
    }
  }

  private static final class Sha256 extends Checksums {
    private final MessageDigest digest;

    Sha256() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256, but this one has not", e);
      }
    }

    @Override
    void update(ByteBuffer content) {
      digest.update(content);
    }

    @Override
    byte[] value() {
      return digest.digest();
    }
  }
}
