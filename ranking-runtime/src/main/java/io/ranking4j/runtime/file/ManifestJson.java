package io.ranking4j.runtime.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.ranking4j.error.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks that a manifest is one JSON text within its limits. */
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
    problem(json, limits)
        .ifPresent(
            what -> {
              throw new IllegalArgumentException("the manifest is not valid: " + what);
            });
    return bytes;
  }

  /** The text of a manifest that was read. */
  static String decode(byte[] bytes, ReadLimits limits, Object file) {
    String json;
    try {
      json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFileException("the manifest of '" + file + "' is not UTF-8", e);
    }
    problem(json, limits)
        .ifPresent(
            what -> {
              throw new ModelFileException("the manifest of '" + file + "' is not valid: " + what);
            });
    return json;
  }

  private static Optional<String> problem(String json, ReadLimits limits) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxManifestDepth())
                    .maxStringLength(limits.maxManifestBytes())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() == null) {
        return Optional.of("it is empty");
      }
      parser.skipChildren();
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of("there is more after its end");
    } catch (JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
