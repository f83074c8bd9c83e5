package io.ranking4j.nn.update;

import io.ranking4j.nn.gate.GateReport;
import io.ranking4j.runtime.publish.ModelVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an update ended: with a version, or with a reason why there is none.
 *
 * @param report what the gates said
 * @param published the new version, which is current now
 * @param rejection the file with the reason
 */
public record UpdateResult(
    GateReport report, Optional<ModelVersion> published, Optional<Path> rejection) {}
