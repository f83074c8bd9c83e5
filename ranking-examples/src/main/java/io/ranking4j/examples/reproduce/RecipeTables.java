package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.examples.recipe.RecipeAblation;
import io.ranking4j.examples.reproduce.ResultTable.Reference;
import io.ranking4j.nn.training.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What recipes of training are worth, and each of their parts. */
final class RecipeTables {
  private static final String RESFLOW = "resflow";

  /** Measured with other programs on the same files. */
  private static final List<Reference> PEERS =
      List.of(
          peer("smoothed rates of video, user and tab, as log-odds", .7171, .7146, .6883, .7661),
          peer("LightGBM for each task on time-safe rates", .7242, .7242, .6981, .8018));

  private final Budget budget;
  private final StudySets data;

  RecipeTables(Budget budget, StudySets data) {
    this.budget = budget;
    this.data = data;
  }

  private static Reference peer(
      String name, double click, double longView, double profileEnter, double like) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("is_click" + Measures.AUC, click);
    values.put("long_view" + Measures.AUC, longView);
    values.put("is_profile_enter" + Measures.AUC, profileEnter);
    values.put("is_like" + Measures.AUC, like);
    values.put(Measures.MEAN_AUC, (click + longView + profileEnter + like) / values.size());
    return new Reference(name, values);
  }

  /** H: recipes against simple peers. */
  ResultTable recipes() {
    List<Experiment> experiments = new ArrayList<>();
    for (String name : Recipe.names()) {
      experiments.add(experiment("ResFlow, recipe " + name, Recipe.of(name)));
    }
    return new ResultTable(
        "H",
        "H. Recipes: ResFlow on KuaiRand against simple peers",
        "AUC on the test rows, mean ± standard deviation over the seeds. The rows in italics were"
            + " measured with other programs on the same two files.",
        ComparisonTables.aucs(data.kuairand(4).tasks()),
        experiments,
        PEERS);
  }

  /** I: the best recipe with one part turned off at a time. */
  ResultTable ablation() {
    List<Experiment> experiments = new ArrayList<>();
    RecipeAblation.recipes().forEach((name, recipe) -> experiments.add(experiment(name, recipe)));
    return new ResultTable(
        "I",
        "I. Ablation of the best recipe: ResFlow on KuaiRand",
        "The best recipe with one part turned off at a time. AUC on the test rows, mean ± standard"
            + " deviation over the seeds.",
        ComparisonTables.aucs(data.kuairand(4).tasks()),
        experiments,
        List.of());
  }

  private Experiment experiment(String name, Recipe recipe) {
    StudyData rows = data.kuairand(4, recipe.inputs());
    return new Experiment(
        name,
        rows,
        Network.of(rows.schema(), recipe.architecture(RESFLOW), rows.tasks())
            .embeddingWidth(recipe.embeddingWidth()),
        recipe.loss(),
        budget.options(recipe.options()),
        Optional.empty());
  }
}
