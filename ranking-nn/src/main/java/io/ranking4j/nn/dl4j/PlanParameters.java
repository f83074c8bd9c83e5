package io.ranking4j.nn.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * All parameters of a plan as one, so that DL4J's updater runs over them in one piece, and those of
 * the loss as another, which counts as a bias, so that weight decay leaves them alone.
 */
final class PlanParameters implements ParamInitializer {
  static final PlanParameters INSTANCE = new PlanParameters();

  /** The key of the plan's parameters. */
  static final String PLAN = "W";

  /** The key of the loss's parameters; there only where it has some. */
  static final String LOSS = "loss";

  private PlanParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return ((PlanLayer) layer).totalParameters();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return ((PlanLayer) layer).loss().parameterCount() > 0 ? List.of(PLAN, LOSS) : List.of(PLAN);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(PLAN);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return ((PlanLayer) layer).loss().parameterCount() > 0 ? List.of(LOSS) : List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return PLAN.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return LOSS.equals(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parametersView, boolean initialize) {
    paramKeys(conf.getLayer()).forEach(conf::addVariable);
    return split(conf, parametersView);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return split(conf, gradientView);
  }

  private static Map<String, INDArray> split(NeuralNetConfiguration conf, INDArray view) {
    int plan = ((PlanLayer) conf.getLayer()).plan().parameterCount();
    INDArray row = view.reshape(view.length());
    Map<String, INDArray> table = new LinkedHashMap<>();
    table.put(PLAN, part(row, 0, plan));
    if (view.length() > plan) {
      table.put(LOSS, part(row, plan, view.length()));
    }
    return table;
  }

  private static INDArray part(INDArray row, long from, long to) {
    return row.get(NDArrayIndex.interval(from, to)).reshape('c', 1, to - from);
  }
}
