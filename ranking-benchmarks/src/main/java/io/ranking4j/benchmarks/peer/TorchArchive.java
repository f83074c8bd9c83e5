package io.ranking4j.benchmarks.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file of a TorchScript module: a zip archive without compression that holds the code, the
 * module as a pickle, and its constants as a pickle and one file of bytes each. Java cannot trace a
 * network for PyTorch, so its frozen trace is written directly.
 */
final class TorchArchive {
  /** What the class of the module is called. */
  static final String CLASS = "Net";

  private static final String FORMAT_VERSION = "3\n";

  private TorchArchive() {}

  /**
   * Writes the archive.
   *
   * @param file where to; its name without ending is the folder inside the archive
   * @throws IOException where it cannot be written
   */
  static void write(TorchScriptWriter network, Path file) throws IOException {
    String folder = String.valueOf(file.getFileName()).replaceAll("\\.[^.]*$", "") + "/";
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, folder + "data.pkl", module());
      entry(zip, folder + "code/__torch__.py", network.code().getBytes(StandardCharsets.UTF_8));
      List<TorchScriptWriter.Constant> constants = network.constants();
      for (int i = 0; i < constants.size(); i++) {
        float[] values = constants.get(i).values();
        ByteBuffer bytes =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        entry(zip, folder + "constants/" + i, bytes.array());
      }
      entry(zip, folder + "constants.pkl", tensors(constants));
      entry(zip, folder + "version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] module() {
    return new Pickle()
        .global("__torch__", CLASS)
        .emptyTuple()
        .newObject()
        .emptyDictionary()
        .mark()
        .text("training")
        .no()
        .entries()
        .state()
        .end();
  }

  private static byte[] tensors(List<TorchScriptWriter.Constant> constants) {
    Pickle pickle = new Pickle().mark();
    for (int i = 0; i < constants.size(); i++) {
      TorchScriptWriter.Constant constant = constants.get(i);
      pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
      pickle.mark().text("storage").global("torch", "FloatStorage").text(String.valueOf(i));
      pickle.text("cpu").number(constant.values().length).tuple().persistent();
      pickle.number(0);
      pickle.mark();
      for (long size : constant.shape()) {
        pickle.number(size);
      }
      pickle.tuple().mark();
      long stride = constant.values().length;
      for (long size : constant.shape()) {
        stride /= size;
        pickle.number(stride);
      }
      pickle.tuple().no();
      pickle.global("collections", "OrderedDict").emptyTuple().call().tuple().call();
    }
    return pickle.tuple().end();
  }
}
