package io.ranking4j.examples.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link Recipe#BEST} with one of its parts turned off at a time, to see what each is worth. */
public final class RecipeAblation {
  private RecipeAblation() {}

  /** By what was changed, the recipes in the order to show them; the first is the whole one. */
  public static Map<String, Recipe> recipes() {
    Recipe best = Recipe.BEST;
    Map<String, Recipe> all = new LinkedHashMap<>();
    all.put("complete", best);
    all.put("without averaging", best.options(best.options().averaging(0)));
    return Collections.unmodifiableMap(all);
  }
}
