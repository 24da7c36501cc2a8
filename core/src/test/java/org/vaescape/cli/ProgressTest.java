package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vaescape.study.FinishedTrials;

final class ProgressTest {
  private long now;
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
      now += Duration.ofSeconds(2).toNanos();
      progress.trained("a1");
      progress.ended(FinishedTrials.outOfMemory("a1"));
      now += Duration.ofSeconds(4).toNanos();
      progress.trained("a2");
      progress.ended(FinishedTrials.learned("a2", 3, 0.06));
      progress.started("a3");
      progress.started("a4");
      now += Duration.ofSeconds(1).toNanos();
      progress.trained("a3");
      progress.ended(FinishedTrials.learned("a3", 3, 0.12));
      now += Duration.ofMinutes(5).toNanos();
      progress.ended(FinishedTrials.learned("a4", 3, 0.12));
      progress.trained("a4"); // whoever stores it may come first
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
        tally.text(Duration.ofSeconds(100)));
    tally.stop("a2");
    tally.end(FinishedTrials.outOfMemory("a2"));
    assertEquals(
        "2 of 3 trials done, 2 out-of-memory, 50 s left", tally.text(Duration.ofSeconds(100)));
  }

  /// As behind a pager, which reads a page and no more.
  @Test
  @Timeout(60)
  void nobodyWaitsForAReaderWhoDoesNotRead() {
    CountDownLatch never = new CountDownLatch(1);
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Tally tally = new Tally(Map.of("a1", 1.0), List.of());
    try (Progress progress = new Progress.Lines(tally, new PrintWriter(full), () -> now)) {
      for (int trial = 0; trial < 5_000; trial++) {
        progress.ended(FinishedTrials.outOfMemory("a1"));
      }
    }
    assertTrue(never.getCount() > 0);
  }
}
