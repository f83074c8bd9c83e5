package io.ranking4j.runtime.file;

/**
 * What a model file may ask for. All of it is checked before memory is allocated for it.
 *
 * @param maxFileBytes largest file
 * @param maxManifestBytes longest manifest, in bytes of UTF-8
 * @param maxManifestDepth deepest nesting of the manifest
 * @param maxSections most sections
 */
public record ReadLimits(
    long maxFileBytes, int maxManifestBytes, int maxManifestDepth, int maxSections) {
  /** Largest file when nothing else is said: 256 GiB. */
  public static final long DEFAULT_MAX_FILE_BYTES = 256L << 30;

  /** Longest manifest when nothing else is said: 64 MiB. */
  public static final int DEFAULT_MAX_MANIFEST_BYTES = 64 << 20;

  /** Deepest manifest when nothing else is said. */
  public static final int DEFAULT_MAX_MANIFEST_DEPTH = 100;

  /** Most sections when nothing else is said. */
  public static final int DEFAULT_MAX_SECTIONS = 100_000;

  /** Refuses limits below 1. */
  public ReadLimits {
    check("maxFileBytes", maxFileBytes);
    check("maxManifestBytes", maxManifestBytes);
    check("maxManifestDepth", maxManifestDepth);
    check("maxSections", maxSections);
  }

  private static void check(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }

  /** The limits when nothing else is said. */
  public static ReadLimits defaults() {
    return new ReadLimits(
        DEFAULT_MAX_FILE_BYTES,
        DEFAULT_MAX_MANIFEST_BYTES,
        DEFAULT_MAX_MANIFEST_DEPTH,
        DEFAULT_MAX_SECTIONS);
  }
}
