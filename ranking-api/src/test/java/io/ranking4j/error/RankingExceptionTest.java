package io.ranking4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingExceptionTest {
  @Test
  void should_have_the_code_of_its_kind_when_made() {
    Exception cause = new IllegalStateException("why");
    Map<RankingException, ErrorCode> withCause =
        Map.of(
            new DataException("m", cause), ErrorCode.BAD_DATA,
            new ModelFileException("m", cause), ErrorCode.BAD_MODEL_FILE,
            new TrainingRefusedException("m", cause), ErrorCode.TRAINING_REFUSED,
            new UnavailableException("m", cause), ErrorCode.UNAVAILABLE,
            new RankingException(ErrorCode.TRAINING_DIVERGED, "m", cause),
                ErrorCode.TRAINING_DIVERGED);
    withCause.forEach(
        (exception, code) -> {
          assertThat(exception.code()).as("%s", exception).isEqualTo(code);
          assertThat(exception).hasMessage("m").hasCause(cause);
        });
    Map<RankingException, ErrorCode> without =
        Map.of(
            new DataException("m"), ErrorCode.BAD_DATA,
            new ModelFileException("m"), ErrorCode.BAD_MODEL_FILE,
            new TrainingRefusedException("m"), ErrorCode.TRAINING_REFUSED,
            new UnavailableException("m"), ErrorCode.UNAVAILABLE,
            new RankingException(ErrorCode.TRAINING_DIVERGED, "m"), ErrorCode.TRAINING_DIVERGED);
    without.forEach(
        (exception, code) -> {
          assertThat(exception.code()).as("%s", exception).isEqualTo(code);
          assertThat(exception).hasMessage("m").hasNoCause();
        });
  }

  @Test
  void should_list_the_known_names_when_there_are_few() {
    UnknownNameException few = new UnknownNameException("task", "clik", List.of("view", "click"));
    assertThat(few).hasMessage("unknown task 'clik', known are [view, click]");
    assertThat(few.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
    assertThat(new UnknownNameException("task", "clik", List.of()))
        .hasMessage("unknown task 'clik', known are []");
  }

  @Test
  void should_list_fifty_names_and_count_the_others_when_there_are_more() {
    String fifty = names(50).stream().collect(Collectors.joining(", ", "[", "]"));
    assertThat(new UnknownNameException("task", "x", names(50)))
        .hasMessage("unknown task 'x', known are " + fifty);
    assertThat(new UnknownNameException("task", "x", names(51)))
        .hasMessage("unknown task 'x', known are " + fifty + " and 1 more");
    assertThat(new UnknownNameException("task", "x", names(250)))
        .hasMessage("unknown task 'x', known are " + fifty + " and 200 more");
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }
}
