package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.fusion.rerank.Reranker;
import io.ranking4j.fusion.rerank.Rerankers;
import io.ranking4j.spi.Fusion;
import java.nio.charset.StandardCharsets;

/**
 * Any text is a fusion or reranker that can be written and read again, or refused. An ordinary
 * build runs the texts among the resources; with {@code JAZZER_FUZZ=1} in the environment Jazzer
 * looks for more.
 */
class JsonFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_a_fusion(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    Fusion fusion;
    try {
      fusion = Fusions.fromJson(text);
    } catch (DataException | UnknownNameException e) {
      return;
    }
    assertThat(Fusions.fromJson(Fusions.toJson(fusion))).isEqualTo(fusion);
  }

  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_a_reranker(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    Reranker reranker;
    try {
      reranker = Rerankers.fromJson(text);
    } catch (DataException | UnknownNameException e) {
      return;
    }
    String json = Rerankers.toJson(reranker);
    assertThat(Rerankers.toJson(Rerankers.fromJson(json))).isEqualTo(json);
  }
}
