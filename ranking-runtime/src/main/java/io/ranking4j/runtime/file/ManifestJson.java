package io.ranking4j.runtime.file;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Manifests as bytes, and back within their limits. */
final class ManifestJson {
  private ManifestJson() {}

  /** The bytes of a manifest that is to be written. */
  static byte[] encode(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ReadLimits limits = ReadLimits.defaults();
    if (bytes.length > limits.maxManifestBytes()) {
      throw new IllegalArgumentException(
          "the manifest must have at most "
              + limits.maxManifestBytes()
              + " bytes, but has "
              + bytes.length);
    }
    try {
      Json.read(json, limits.maxManifestDepth());
    } catch (JsonException e) {
      throw new IllegalArgumentException("the manifest is not valid: " + e.getMessage(), e);
    }
    return bytes;
  }

  /** A manifest that was read. */
  static Json decode(byte[] bytes, ReadLimits limits, Object file) {
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Json.read(json, limits.maxManifestDepth());
    } catch (CharacterCodingException e) {
      throw new ModelFileException("the manifest of '" + file + "' is not UTF-8", e);
    } catch (JsonException e) {
      throw new ModelFileException(
          "the manifest of '" + file + "' is not valid: " + e.getMessage(), e);
    }
  }
}
