package io.ranking4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.MetricValue;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void should_write_four_digits() {
    assertThat(Numbers.format(0.123456)).isEqualTo("0.1235");
    assertThat(Numbers.format(0.99999)).isEqualTo("1.000");
    assertThat(Numbers.format(-12.3456)).isEqualTo("-12.35");
    assertThat(Numbers.format(1234567.0)).isEqualTo("1,234,567");
    assertThat(Numbers.format(1234.56)).isEqualTo("1,234.6");
    assertThat(Numbers.format(0.0000123)).isEqualTo("1.230e-05");
    assertThat(Numbers.format(0.0)).isEqualTo("0");
  }

  @Test
  void should_show_a_dash_and_the_reason_when_a_value_is_undefined() {
    assertThat(Cell.of(Double.NaN).text()).isEqualTo("–");
    assertThat(Cell.of(MetricValue.undefined("no positives")))
        .isEqualTo(new Cell("–", "no positives", Cell.Kind.NUMBER));
    assertThat(Cell.of(Estimate.undefined("no rows")).detail()).isEqualTo("no rows");
    assertThat(Cell.of(Estimate.withoutError(.5, "one user")).detail()).isEmpty();
    assertThat(Cell.of(Estimate.normal(.5, .1, .95)).detail()).isEqualTo("[0.3040, 0.6960]");
  }

  @Test
  void should_mark_gains_and_losses() {
    assertThat(Cell.change(.0123)).isEqualTo(new Cell("+1.23 %", "", Cell.Kind.GAIN));
    assertThat(Cell.change(-.5)).isEqualTo(new Cell("-50.00 %", "", Cell.Kind.LOSS));
    assertThat(Cell.change(0).kind()).isEqualTo(Cell.Kind.NUMBER);
    assertThat(Cell.change(Double.NaN).text()).isEqualTo("–");
  }
}
