package io.ranking4j.examples.cli;

import io.ranking4j.data.simulator.SimulatorOptions;
import picocli.CommandLine.Option;

/** What a simulated log looks like. */
final class SimulatorArguments {
  @Option(
      names = "--users",
      description = "Simulated users (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  int users = SimulatorOptions.DEFAULT_USERS;

  @Option(
      names = "--items",
      description = "Simulated items (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  int items = SimulatorOptions.DEFAULT_ITEMS;

  @Option(
      names = "--slate-length",
      description = "Simulated impressions in a request (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  int slateLength = SimulatorOptions.DEFAULT_SLATE_LENGTH;

  @Option(
      names = "--requests-per-day",
      description = "Simulated requests on each day (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  int requestsPerDay = SimulatorOptions.DEFAULT_REQUESTS_PER_DAY;

  @Option(
      names = "--train-days",
      description = "Simulated days before the validation day (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  int trainDays = SimulatorOptions.DEFAULT_TRAIN_DAYS;

  @Option(
      names = "--position-bias",
      description = "How fast attention falls with the position (default: ${DEFAULT-VALUE}).",
      paramLabel = "X")
  double positionBias = SimulatorOptions.DEFAULT_POSITION_BIAS;

  SimulatorOptions options(long seed) {
    return SimulatorOptions.builder()
        .users(users)
        .items(items)
        .slateLength(slateLength)
        .requestsPerDay(requestsPerDay)
        .trainDays(trainDays)
        .positionBias(positionBias)
        .seed(seed)
        .build();
  }
}
