package io.ranking4j.nn.training;

import io.ranking4j.nn.dl4j.GraphFactory;
import io.ranking4j.nn.dl4j.PlanNetwork;
import io.ranking4j.nn.dl4j.StepRate;
import io.ranking4j.nn.fold.FoldedInput;
import io.ranking4j.nn.gradient.PassOptions;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.nd4j.Nd4jKernels;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.LostFeatures;
import io.ranking4j.nn.optimizer.TableUpdater;
import io.ranking4j.nn.optimizer.WeightAverage;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.LostValues;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.plan.Part;
import io.ranking4j.runtime.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training: embeddings are gathered, the graph does a step, and the gradient of its input goes
 * back to the rows of the tables that the batch touched.
 */
final class TrainingLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  private static final String PROGRESS = "progress";

  private final Network network;
  private final TrainerOptions options;
  private final FeatureEncoder encoder;
  private final TrainingData data;
  private final List<TaskOutput> outputs;
  private final Plan plan;

  /** The plan without what only its loss reads. */
  private final Part served;

  private final GradientKernels kernels;

  /** What models are scored with: in float, as they are by default. */
  private final Kernels scoring;

  private final ComputationGraph graph;
  private final PlanNetwork planNetwork;
  private final List<EmbeddingTable> tables = new ArrayList<>();
  private final TrainingStart start;
  private final Workers workers;
  private final @Nullable WeightAverage average;
  private final TrainingStep trainingStep;
  private final TrainingProgress progress;
  private final HostThreads hostThreads;

  /** What numbers it starts from. */
  private final String begins;

  /** Steps that Adam had done before this training. */
  private int stepsBefore;

  TrainingLoop(
      Network network,
      TrainerOptions options,
      JointLoss loss,
      FeatureEncoder encoder,
      TrainingData data,
      List<TaskOutput> outputs,
      WarmStart warmStart,
      @Nullable EarlierModel earlier) {
    this.network = network;
    this.options = options;
    this.encoder = encoder;
    this.data = data;
    this.outputs = outputs;
    this.plan = network.architecture().plan(encoder.layout(), network.tasks());
    this.served = Part.of(plan, network.tasks().names());
    // Where rows do not depend on each other, threads that each take some of them through the whole
    // network are faster than threads that share every product. The other way is for plans that
    // normalise over the batch.
    boolean divisible = PassOptions.divisible(plan);
    Kernels forward = options.createKernels(divisible ? 1 : options.threads());
    // ND4J's operations have threads of their own, and a GPU one queue for each thread of the host.
    boolean divided = divisible && !(forward instanceof Nd4jKernels);
    this.kernels = GradientKernels.of(forward);
    this.scoring = options.kernels().create(1);
    this.workers = new Workers(divided ? options.threads() : 1);
    TrainingStart fresh =
        new ParameterStart(network.tasks(), data.labels(), options.seed(), options.baseRates());
    this.start = earlier == null ? fresh : earlier.start(served, fresh);
    encoder
        .layout()
        .tables()
        .forEach(spec -> tables.add(start.table(spec, options.tables().deviation())));
    double steps = (double) data.rows() / options.batchSize();
    this.average =
        options.averaging().map(kind -> new WeightAverage(kind.rule(steps), tables)).orElse(null);
    StepRate factor = step -> options.schedule().factor(step / steps, options.epochs());
    // Of the threads of ND4J's own operations the idle ones spin, on the cores that workers need.
    this.hostThreads = HostThreads.atMost(divided ? 1 : options.threads());
    EmbeddingDropout dropout = options.tables().dropout();
    BatchRows rows = new BatchRows(encoder.layout(), dropout, lostFeatures(), options.seed());
    // A network on several threads that is not divided has them in its products only.
    boolean alone = options.threads() == 1 && !(forward instanceof Nd4jKernels);
    FoldedInput folded =
        (divided || alone) && !dropout.scales()
            ? FoldedInput.of(
                    plan, encoder.layout(), tables, rows, kernels, workers, options.batchSize())
                .orElse(null)
            : null;
    this.graph =
        GraphFactory.create(
            plan,
            loss,
            kernels,
            new PassOptions(workers, TrainingStep.learnedColumns(encoder.layout()), folded),
            start.parameters(plan),
            step -> options.learningRate() * factor.at(step - stepsBefore),
            options.weightDecay(),
            options.seed());
    this.planNetwork = (PlanNetwork) graph.getOutputLayer(0);
    this.trainingStep =
        new TrainingStep(
            graph,
            data,
            rows,
            encoder.layout(),
            tables,
            options,
            factor,
            average,
            folded == null ? TableUpdater.TableGradients.NONE : folded,
            workers);
    this.progress =
        new TrainingProgress(
            network.tasks().names(), options, new BestWeights(options.stopping(), parts(), tables));
    this.begins = earlier == null ? "at random" : OptimizerState.weightsHash(earlier.model());
    this.stepsBefore = earlier == null ? 0 : goOn(earlier, warmStart);
  }

  /** Takes over what is not among the numbers to start from. */
  private int goOn(EarlierModel earlier, WarmStart warmStart) {
    planNetwork.states(earlier.states(plan, served));
    return warmStart
        .state()
        .map(
            file ->
                OptimizerState.load(
                    file,
                    earlier.model(),
                    plan,
                    options,
                    graph,
                    encoder.layout().tables(),
                    trainingStep))
        .orElse(0);
  }

  /** The features that rows lose: by the options, and those of a bias. */
  private @Nullable LostFeatures lostFeatures() {
    List<LostFeatures.Group> groups =
        new ArrayList<>(options.featureDropout().groups(network.schema()));
    network
        .architecture()
        .biasInputs()
        .ifPresent(
            bias ->
                groups.add(
                    new LostFeatures.Group(
                        LostValues.features(network.schema(), bias.features()), bias.dropout())));
    return groups.isEmpty() ? null : new LostFeatures(encoder, groups, options.seed());
  }

  /**
   * Trains until the end.
   *
   * @param checkpoints where the training is gone on with from, and what it writes down on the way
   * @param loss what the joint loss was chosen as
   * @param saveState where to write what the optimisers remember in the end
   */
  TrainingRun run(
      TrainingData validationData,
      List<ProgressListener> listeners,
      List<TrainingListener> dl4jListeners,
      Optional<Checkpoints> checkpoints,
      LossChoice loss,
      Optional<Path> saveState) {
    graph.setListeners(dl4jListeners);
    if (checkpoints.isEmpty()) {
      train(validationData, listeners, null);
    } else {
      Map<String, String> identity =
          TrainingIdentity.of(network, loss, options, encoder, plan, data, validationData, kernels);
      identity.put("begins", begins);
      try (CheckpointFolder folder = CheckpointFolder.open(checkpoints.get(), identity)) {
        folder.last().ifPresent(this::resume);
        train(validationData, listeners, folder);
      }
    }
    BestWeights best = progress.best();
    Weights kept = best.weights();
    List<EpochReport> history = progress.history();
    Provenance provenance = TrainingProvenance.of(network, options, data, history, best, kernels);
    RankingModel model = withIntercepts(model(kept, provenance), validationData);
    // Before the best weights are restored: the moments belong to the last ones.
    saveState.ifPresent(
        file -> OptimizerState.write(file, model, plan, tables, options, trainingStep));
    restore(kept);
    return new TrainingRun(model, history, best.lastEpoch(), graph);
  }

  private void train(
      TrainingData validationData,
      List<ProgressListener> listeners,
      @Nullable CheckpointFolder folder) {
    Validation validation = new Validation(network.tasks(), validationData, scoring);
    int[] order = identity(data.rows());
    // The order of the rows follows from the seed and the epochs that there were.
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int before = 1; before < progress.epoch(); before++) {
      shuffle(order, random);
    }
    while (!progress.ended()) {
      int epoch = progress.epoch();
      long began = System.nanoTime();
      shuffle(order, random);
      if (epoch > 1 && progress.batch() == 0 && options.tables().restarted()) {
        restartTables(epoch);
      }
      double trainingLoss = epoch(order, listeners, folder);
      Weights weights = weights();
      Map<String, Double> quality = validation.quality(model(weights, Provenance.of(Map.of())));
      BestWeights best = progress.best();
      boolean improved = best.offer(epoch, quality, weights);
      double seconds = (System.nanoTime() - began) / 1e9;
      EpochReport report =
          new EpochReport(epoch, trainingLoss, quality, best.watched(quality), improved, seconds);
      progress.add(report);
      LOG.debug("{}", report);
      if (folder != null) {
        checkpoint(folder);
      }
      listeners.forEach(listener -> listener.onEpoch(report));
    }
  }

  private void checkpoint(CheckpointFolder folder) {
    StateWriter state = new StateWriter();
    trainingStep.save(state);
    progress.save(state.part(PROGRESS));
    folder.write(
        trainingStep.number(),
        progress.history().size(),
        (file, identity) -> TrainingState.write(file, identity, plan, tables, options, state));
  }

  private void resume(TrainingState state) {
    try (state) {
      trainingStep.load(state.reader());
      progress.load(state.reader().part(PROGRESS));
      LOG.info(
          "going on after {} steps, at batch {} of epoch {}",
          trainingStep.number(),
          progress.batch() + 1,
          progress.epoch());
    } catch (IOException e) {
      throw new UncheckedIOException("a checkpoint cannot be closed", e);
    }
  }

  /** What keeps the weights of an epoch of its own. */
  private List<TaskPart> parts() {
    List<String> tasks = network.tasks().names();
    return options.stopping().perTask()
        ? TaskPart.of(plan, encoder.layout(), tasks)
        : List.of(TaskPart.whole(tasks));
  }

  private void restartTables(int epoch) {
    tables.forEach(table -> start.draw(table, options.tables().deviation(), epoch));
    trainingStep.restartTables();
  }

  private double epoch(
      int[] order, List<ProgressListener> listeners, @Nullable CheckpointFolder folder) {
    int epoch = progress.epoch();
    int batches = (order.length + options.batchSize() - 1) / options.batchSize();
    // A batch of one row has no statistics to normalise by: it joins the one before.
    if (batches > 1 && order.length % options.batchSize() == 1) {
      batches--;
    }
    while (progress.batch() < batches) {
      int batch = progress.batch() + 1;
      int from = (batch - 1) * options.batchSize();
      int to = batch == batches ? order.length : from + options.batchSize();
      double value = trainingStep.run(order, from, to - from);
      if (!Double.isFinite(value)) {
        throw new TrainingDivergedException("the loss", value, trainingStep.number(), epoch, batch);
      }
      progress.add(value);
      if (folder != null && folder.due()) {
        checkpoint(folder);
      }
      int count = batches;
      listeners.forEach(listener -> listener.onBatch(epoch, batch, count, value));
    }
    checkFinite(epoch, batches);
    return progress.lossSum() / batches;
  }

  /** The loss of a step is that before it: what the last one did shows in the numbers only. */
  private void checkFinite(int epoch, int batch) {
    checkFinite("each parameter", parameters(), epoch, batch);
    checkFinite("each running statistic", planNetwork.states(), epoch, batch);
    for (EmbeddingTable table : tables) {
      checkFinite("each embedding of " + table.spec().name(), table.values(), epoch, batch);
    }
  }

  private void checkFinite(String what, float[] values, int epoch, int batch) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new TrainingDivergedException(what, value, trainingStep.number(), epoch, batch);
      }
    }
  }

  /** What is validated and kept: copies. */
  private Weights weights() {
    return average == null
        ? Weights.copyOf(parameters(), planNetwork.states(), tables)
        : new Weights(average.parameters(), average.states(), average.tables());
  }

  /** The parameters of the plan, without those of the loss: a copy. */
  private float[] parameters() {
    return planNetwork.parameters();
  }

  private void restore(Weights weights) {
    GraphFactory.setParameters(graph, weights.parameters());
    planNetwork.states(weights.states());
    for (int t = 0; t < tables.size(); t++) {
      float[] values = weights.tables().get(t).values();
      System.arraycopy(values, 0, tables.get(t).values(), 0, values.length);
    }
  }

  private RankingModel model(Weights weights, Provenance provenance) {
    return new RankingModel(
        encoder,
        weights.tables(),
        served.plan(),
        served.parameters(weights.parameters()),
        served.states(weights.states()),
        outputs,
        provenance);
  }

  private RankingModel withIntercepts(RankingModel model, TrainingData validationData) {
    boolean levelKnown =
        network.architecture().biasInputs().map(inputs -> !inputs.leftOut()).orElse(true);
    double deviation = levelKnown ? Intercepts.DEVIATION : Intercepts.UNKNOWN_LEVEL_DEVIATION;
    return model.withOutputs(new Intercepts(scoring, deviation).fit(model, validationData));
  }

  private static int[] identity(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  @Override
  public void close() {
    planNetwork.release();
    workers.close();
    hostThreads.close();
  }
}
