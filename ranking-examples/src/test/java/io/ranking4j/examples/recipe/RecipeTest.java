package io.ranking4j.examples.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.KuaiRandInputs;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.StepDecay;
import io.ranking4j.nn.training.LossChoice;
import io.ranking4j.nn.training.TrainerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {
  @Test
  void should_do_what_the_trainer_does_when_told_nothing() {
    Recipe recipe = Recipe.of("default");

    assertThat(recipe.options()).isEqualTo(TrainerOptions.defaults());
    assertThat(recipe.loss()).isEqualTo(LossChoice.FIXED);
    assertThat(recipe.architecture("resflow")).isEqualTo(ResFlow.of(128, 64));
  }

  @Test
  void should_add_the_numbers_to_the_logits_when_it_is_wide() {
    assertThat(Recipe.DEFAULT.wide(true).tower(List.of(8)).architecture("resflow"))
        .isEqualTo(new WideTerm(ResFlow.of(8), List.of()));
  }

  @Test
  void should_list_the_recipes_when_one_is_unknown() {
    assertThatThrownBy(() -> Recipe.of("fast"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("default")
        .hasMessageContaining("best");
  }

  @Test
  void should_refuse_when_there_is_no_layer() {
    assertThatThrownBy(() -> Recipe.DEFAULT.tower(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one hidden layer");
  }

  @Test
  void should_take_away_every_part_that_a_recipe_has() {
    TableOptions tables =
        TableOptions.DEFAULT
            .learningRate(1e-4)
            .decay(1e-3)
            .dropout(0.1, EmbeddingDropout.Unit.ROW)
            .frequencyAdaptive(true)
            .restarted(true);
    Recipe everything =
        Recipe.DEFAULT
            .inputs(KuaiRandInputs.DEFAULT.rates(true, true).history(true, true, true).minCount(9))
            .wide(true)
            .tower(List.of(8))
            .embeddingWidth(8)
            .loss(LossChoice.GRADNORM)
            .options(
                TrainerOptions.defaults()
                    .tables(tables)
                    .batchSize(64)
                    .learningRate(2e-3)
                    .weightDecay(1e-3)
                    .schedule(new StepDecay(0.5, 1)));
    Map<String, Recipe> all = RecipeAblation.of(everything);

    // The recipe, features, the wide term, tables, trainer, and weights and widths.
    assertThat(all).hasSize(1 + 6 + 1 + 5 + 7 + 3);
    assertThat(all.keySet().iterator().next()).isEqualTo(RecipeAblation.COMPLETE);
    assertThat(all.values()).doesNotHaveDuplicates();
    assertThat(all.values()).doesNotContain(Recipe.DEFAULT);
  }

  @Test
  void should_leave_out_parts_that_a_recipe_does_not_have() {
    assertThat(RecipeAblation.of(Recipe.DEFAULT).keySet())
        .containsExactly(
            RecipeAblation.COMPLETE,
            "without rates",
            "without history",
            "biases from zero",
            "without averaging",
            "only one epoch");
  }
}
