package io.ranking4j.nn.gate;

/**
 * What one gate says of one thing. Immutable and safe to share.
 *
 * @param gate the gate: {@code "auc"}
 * @param subject what it looked at: a task, a feature, the slice
 * @param verdict whether it lets it pass
 * @param limit what must hold
 * @param actual what was found
 */
public record GateResult(
    String gate, String subject, Verdict verdict, String limit, String actual) {
  /** Whether a gate lets something pass. */
  public enum Verdict {
    /** It does. */
    PASSED,
    /** It does not. */
    FAILED,
    /** There was too little to tell; this alone holds nothing up. */
    UNDECIDED
  }

  static GateResult of(String gate, String subject, boolean passed, String limit, String actual) {
    Verdict verdict = passed ? Verdict.PASSED : Verdict.FAILED;
    return new GateResult(gate, subject, verdict, limit, actual);
  }

  /** Something that must not have happened, and did. */
  public static GateResult failed(String gate, String subject, String limit, String actual) {
    return of(gate, subject, false, limit, actual);
  }

  static GateResult undecided(String gate, String subject, String limit, String why) {
    return new GateResult(gate, subject, Verdict.UNDECIDED, limit, why);
  }

  /** One line: {@code FAILED auc of click: must be ..., but was ...}. */
  @Override
  public String toString() {
    String but = verdict == Verdict.FAILED ? ", but was " : ": ";
    return "%-9s %s of %s: %s%s%s".formatted(verdict, gate, subject, limit, but, actual);
  }
}
