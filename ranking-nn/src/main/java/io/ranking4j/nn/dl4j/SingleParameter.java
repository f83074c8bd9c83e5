package io.ranking4j.nn.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All parameters of a plan as one, so that DL4J's updater runs over them in one piece. */
final class SingleParameter implements ParamInitializer {
  static final SingleParameter INSTANCE = new SingleParameter();

  /** The key of the one parameter. */
  static final String KEY = "W";

  private SingleParameter() {}

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
    return List.of(KEY);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(KEY);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return KEY.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parametersView, boolean initialize) {
    conf.addVariable(KEY);
    return row(parametersView);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return row(gradientView);
  }

  private static Map<String, INDArray> row(INDArray view) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    table.put(KEY, view.reshape('c', 1, view.length()));
    return table;
  }
}
