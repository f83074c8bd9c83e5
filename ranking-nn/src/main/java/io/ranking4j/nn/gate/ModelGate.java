package io.ranking4j.nn.gate;

import java.util.List;

/** Decides whether a model may take the place of another. Immutable and safe to share. */
public interface ModelGate {
  /** The gates that stand when nothing else is said. */
  List<ModelGate> DEFAULT =
      List.of(AucGate.DEFAULT, CalibrationGate.DEFAULT, ScoreShiftGate.DEFAULT);

  /** Looks at a candidate; a result for each task at least. */
  List<GateResult> check(ModelComparison comparison);
}
