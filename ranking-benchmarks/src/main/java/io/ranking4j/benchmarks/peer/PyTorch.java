package io.ranking4j.benchmarks.peer;

import ai.djl.engine.Engine;

/** How PyTorch is started within this process. */
public final class PyTorch {
  /** What DJL calls it. */
  public static final String ENGINE = "PyTorch";

  private PyTorch() {}

  /** Loads it, on one thread, without asking any server for anything. */
  public static Engine start() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    return Engine.getEngine(ENGINE);
  }
}
