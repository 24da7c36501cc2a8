package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaescape.study.FinishedTrials;

final class ProgressTest {
  private Instant now = Instant.EPOCH;
  private final StringWriter text = new StringWriter();

  @Test
  void printsALineNowAndThenAndOneForEachFailure() {
    Tally tally =
        new Tally(
            Map.of("a1", 1.0, "a2", 1.0, "a3", 1.0, "a4", 1.0),
            List.of(FinishedTrials.learned("a0", 1, 0.09)));
    try (Progress progress = new Progress.Lines(tally, new PrintWriter(text), () -> now)) {
      progress.started("a1");
      progress.started("a2");
      now = now.plusSeconds(2);
      progress.trained("a1");
      progress.ended(FinishedTrials.outOfMemory("a1"));
      now = now.plusSeconds(4);
      progress.trained("a2");
      progress.ended(FinishedTrials.learned("a2", 3, 0.06));
      progress.started("a3");
      progress.started("a4");
      now = now.plusSeconds(1);
      progress.trained("a3");
      progress.ended(FinishedTrials.learned("a3", 3, 0.12));
      now = now.plusSeconds(300);
      progress.trained("a4");
      progress.ended(FinishedTrials.learned("a4", 3, 0.12));
    }
    assertEquals(
        """
        out-of-memory (model vae, latent 10, learning-rate 1e-5): needs 9 GiB, "more" than 8 GiB,
        so it was not started
        3 of 5 trials done, 1 running, 1 out-of-memory, best val_mse 0.02000 (vae), 6 s left
        5 of 5 trials done, 1 out-of-memory, best val_mse 0.02000 (vae)
        """,
        text.toString());
  }

  @Test
  void saysHowLongTheOthersTake() {
    Tally tally = new Tally(Map.of("a1", 4.0, "a2", 2.0, "a3", 3.0), List.of());
    tally.start("a1");
    tally.stop("a1");
    tally.end(FinishedTrials.outOfMemory("a1"));
    tally.start("a2");
    assertEquals(
        "1 of 3 trials done, 1 running, 1 out-of-memory, 3 min left",
        tally.text(java.time.Duration.ofSeconds(100)));
    tally.stop("a2");
    tally.end(FinishedTrials.outOfMemory("a2"));
    assertEquals(
        "2 of 3 trials done, 2 out-of-memory, 50 s left",
        tally.text(java.time.Duration.ofSeconds(100)));
  }
}
