package io.ranking4j.spark;

import io.ranking4j.error.DataException;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/**
 * A model that every executor can load.
 *
 * @param name under which Spark has distributed its file; the same content has the same name
 * @param model as the driver has it
 */
record DistributedModel(String name, RankingModel model) {
  /**
   * Reads a model from any file system that Hadoop knows, verifies it, and has Spark copy it to
   * every executor that needs it.
   *
   * @throws io.ranking4j.error.ModelFileException where it is no usable model
   * @throws DataException where there is no such file
   * @throws UncheckedIOException where it cannot be read
   */
  static DistributedModel of(SparkSession spark, String path) {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(path);
    try {
      FileSystem files = source.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!files.exists(source)) {
        throw new DataException("model file " + path + " does not exist");
      }
      Path folder = Files.createTempDirectory("ranking4j-spark-");
      folder.toFile().deleteOnExit();
      Path copy = folder.resolve("copy");
      String digest;
      try (InputStream in = files.open(source)) {
        digest = copy(in, copy);
      }
      // Spark tells files by their name alone and never replaces one: the name is the content's.
      Path named = folder.resolve("ranking4j-" + digest + ".model");
      Files.move(copy, named);
      named.toFile().deleteOnExit();
      RankingModel model = RankingModel.load(named);
      String name = named.getFileName().toString();
      if (isDistributed(spark, name)) {
        Files.delete(named);
        Files.delete(folder);
      } else {
        spark.sparkContext().addFile(named.toUri().toString());
      }
      return new DistributedModel(name, model);
    } catch (IOException e) {
      throw new UncheckedIOException("the model " + path + " cannot be read", e);
    }
  }

  private static boolean isDistributed(SparkSession spark, String name) {
    return spark.sparkContext().listFiles().exists(file -> file.endsWith("/" + name));
  }

  private static String copy(InputStream in, Path target) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (DigestInputStream digested = new DigestInputStream(in, digest)) {
      Files.copy(digested, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
