package io.ranking4j.runtime.kernel.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * oneDNN and the libraries that it is linked to, or JNA's own, as the class path has them. Unpacked
 * into one folder, where each finds the others; the folder is kept for the next process.
 *
 * @param platform what the files of this platform are named by
 * @param resources where they are on the class path, the one that is opened last
 */
record NativeFiles(String platform, List<String> resources) {
  /** A folder to keep the files in, instead of one in the user's home. */
  private static final String FOLDER_PROPERTY = "ranking4j.native.folder";

  private static final String ROOT = "org/bytedeco/";

  /** What Java calls the processors whose libraries others call x86_64. */
  private static final List<String> INTEL = List.of("amd64", "x86_64");

  /**
   * Those of the platform that this process runs on.
   *
   * @throws UnsupportedOperationException where there are none
   */
  static NativeFiles ofThisPlatform() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** By what Java calls a platform. */
  static NativeFiles of(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String arch = processor.equals("aarch64") ? "arm64" : "x86_64";
    boolean known = INTEL.contains(processor);
    if (os.startsWith("linux") && (known || arch.equals("arm64"))) {
      return of("linux-" + arch, "dnnl/libgomp.so.1", "opencl/libOpenCL.so.1", "dnnl/libdnnl.so.3");
    }
    if (os.startsWith("mac") && known) {
      return of("macosx-x86_64", "dnnl/libiomp5.dylib", "dnnl/libdnnl.3.dylib");
    }
    if (os.startsWith("windows") && known) {
      return of(
          "windows-x86_64",
          "javacpp/vcruntime140.dll",
          "javacpp/vcruntime140_1.dll",
          "javacpp/msvcp140.dll",
          "javacpp/vcomp140.dll",
          "opencl/OpenCL.dll",
          "dnnl/dnnl.dll");
    }
    throw new UnsupportedOperationException(
        "oneDNN comes for linux-x86_64, linux-arm64, macosx-x86_64 and windows-x86_64");
  }

  /** JNA's own library for a processor under Linux. */
  static NativeFiles ofJna(String processor) {
    String platform = "linux-" + processor(processor).replace('_', '-');
    return new NativeFiles(
        "jna-" + platform, List.of("com/sun/jna/" + platform + "/libjnidispatch.so"));
  }

  /**
   * What Linux calls a processor.
   *
   * @throws UnsupportedOperationException where oneDNN has nothing for it
   */
  static String processor(String name) {
    if (INTEL.contains(name)) {
      return "x86_64";
    }
    if (name.equals("aarch64")) {
      return name;
    }
    throw new UnsupportedOperationException("oneDNN does not come for " + name);
  }

  private static NativeFiles of(String platform, String... files) {
    String[] resources = new String[files.length];
    for (int i = 0; i < files.length; i++) {
      int slash = files[i].indexOf('/');
      resources[i] =
          ROOT + files[i].substring(0, slash) + "/" + platform + files[i].substring(slash);
    }
    return new NativeFiles(platform, List.of(resources));
  }

  /** Whether they are for Windows. */
  boolean windows() {
    return platform.startsWith("windows");
  }

  /**
   * Unpacks them, if they are not there yet, into the folder that the system property {@code
   * ranking4j.native.folder} names, else into one in the user's home, else, where that cannot be
   * written to, into one for this process alone.
   *
   * @return where the last is
   * @throws IOException where one is not on the class path, or there is no room for it
   */
  Path unpack() throws IOException {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    if (chosen != null) {
      return unpack(Path.of(chosen));
    }
    Path home = Path.of(System.getProperty("user.home"), ".cache", "ranking4j");
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      return unpackForThisProcess();
    }
    return unpack(home);
  }

  private Path unpackForThisProcess() throws IOException {
    Path parent = Files.createTempDirectory("ranking4j-");
    Path library = unpack(parent);
    Path folder = parent.resolve(parent.relativize(library).getName(0));
    // The last to be named is the first to be deleted.
    parent.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    for (String resource : resources) {
      folder.resolve(name(resource)).toFile().deleteOnExit();
    }
    return library;
  }

  /** Unpacks them into a folder below this one, named by what the last file holds. */
  Path unpack(Path parent) throws IOException {
    URLConnection library = open(resources.get(resources.size() - 1));
    long content =
        library instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : library.getContentLengthLong();
    Path folder = parent.resolve(platform + "-" + Long.toHexString(content));
    Files.createDirectories(folder);
    Path last = folder;
    for (String resource : resources) {
      last = folder.resolve(name(resource));
      unpack(resource, last);
    }
    return last;
  }

  private static String name(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  private static URLConnection open(String resource) throws IOException {
    ClassLoader loader = NativeFiles.class.getClassLoader();
    URL url = loader == null ? null : loader.getResource(resource);
    if (url == null) {
      throw new IOException("the class path has no " + resource);
    }
    return url.openConnection();
  }

  private static void unpack(String resource, Path target) throws IOException {
    URLConnection source = open(resource);
    if (Files.exists(target) && Files.size(target) == source.getContentLengthLong()) {
      return;
    }
    Path part = Files.createTempFile(target.getParent(), "unpacking", null);
    try (InputStream bytes = source.getInputStream()) {
      Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
