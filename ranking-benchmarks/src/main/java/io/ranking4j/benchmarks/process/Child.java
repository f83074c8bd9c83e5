package io.ranking4j.benchmarks.process;

import io.ranking4j.benchmarks.peer.OnnxSessions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of process that is started again and again. Its class path has the libraries it needs and
 * a folder with the few classes of its own, so that it does not pay for what only benchmarks use.
 */
public final class Child {
  private static final List<String> RUNTIME =
      List.of(
          "ranking-runtime",
          "ranking-api",
          "jspecify",
          "slf4j-api",
          "gson-",
          "javacpp-",
          "dnnl-",
          "opencl-",
          "jna-");
  private static final List<String> ONNX = List.of("onnxruntime-");

  private final List<String> command;

  /**
   * What a process did.
   *
   * @param millisToFirst from its start until its first line arrived
   * @param bytes the memory it held at the end
   */
  public record Run(double millisToFirst, long bytes) {}

  private Child(Class<?> main, List<String> libraries, Class<?>... classes) throws IOException {
    Path folder = Files.createTempDirectory("ranking4j-process-");
    copy(main, folder);
    copy(Lines.class, folder);
    copy(Resident.class, folder);
    for (Class<?> type : classes) {
      copy(type, folder);
    }
    String classPath =
        Stream.concat(
                Stream.of(folder.toString()),
                libraries().stream().filter(path -> wanted(path, libraries)))
            .collect(Collectors.joining(File.pathSeparator));
    this.command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            main.getName());
  }

  /** Ours: ranking-runtime and what it needs. */
  public static Child ranking() throws IOException {
    return new Child(RankingProcess.class, RUNTIME, RankingProcess.class.getDeclaredClasses());
  }

  /** ONNX Runtime and nothing else. */
  public static Child onnxRuntime() throws IOException {
    return new Child(OnnxProcess.class, ONNX, OnnxSessions.class);
  }

  /** A virtual machine that loads nothing. */
  public static Child bare() throws IOException {
    return new Child(Resident.class, List.of());
  }

  private static boolean wanted(String path, List<String> prefixes) {
    String name = String.valueOf(Path.of(path).getFileName());
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static void copy(Class<?> type, Path folder) throws IOException {
    folder.toFile().deleteOnExit();
    Path target = folder;
    String name = type.getName().replace('.', '/') + ".class";
    for (String part : name.split("/")) {
      target = target.resolve(part);
      if (!part.endsWith(".class") && !Files.exists(target)) {
        Files.createDirectory(target);
      }
      target.toFile().deleteOnExit();
    }
    ClassLoader loader = Objects.requireNonNull(type.getClassLoader());
    try (InputStream bytes = Objects.requireNonNull(loader.getResourceAsStream(name))) {
      Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** All libraries of this process, those that its jar names included. */
  private static List<String> libraries() {
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      all.add(entry);
      if (entry.endsWith(".jar")) {
        all.addAll(named(Path.of(entry).toAbsolutePath()));
      }
    }
    return all;
  }

  private static List<String> named(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String names =
          file.getManifest() == null
              ? null
              : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null
          ? List.of()
          : Stream.of(names.split(" ")).map(name -> jar.resolveSibling(name).toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a process and waits for its end.
   *
   * @throws IllegalStateException where it fails
   */
  public Run run(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String first = lines.readLine();
      double millis = (System.nanoTime() - start) / 1e6;
      String last = first;
      for (String line = first; line != null; line = lines.readLine()) {
        last = line;
      }
      int code = process.waitFor();
      if (code != 0 || last == null) {
        throw new IllegalStateException("a process ended with " + code + ": " + all);
      }
      return new Run(millis, Long.parseLong(last));
    } finally {
      process.destroy();
    }
  }
}
