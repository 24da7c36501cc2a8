package org.vaescape.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vaescape.report.live.TimeLeft.Ended;

final class TimeLeftTest {
  @Test
  void theRestGoesOnAsFastAsWhatEnded() {
    TimeLeft left =
        TimeLeft.of(120, List.of(4.0, 2.0), List.of(new Ended(1, 100), new Ended(1, 130)))
            .orElseThrow();
    assertEquals(360, left.seconds(), 1e-9);
    assertEquals("about 6 min left", left.text());
  }

  @Test
  void saysNothingBeforeTheFirstTrialAndAfterTheLast() {
    assertEquals(Optional.empty(), TimeLeft.of(5, List.of(10.0), List.of()));
    assertEquals(Optional.empty(), TimeLeft.of(5, List.of(), List.of(new Ended(10, 5))));
  }

  @Test
  void theIntervalIsAsWideAsTrialsDiffer() {
    List<Ended> alike = new ArrayList<>();
    List<Ended> unlike = new ArrayList<>();
    List<Double> left = Collections.nCopies(20, 1.0);
    for (int i = 0; i < 20; i++) {
      alike.add(new Ended(1, 60));
      unlike.add(new Ended(1, i % 2 == 0 ? 20 : 100));
    }
    assertEquals("about 10 min left", TimeLeft.of(600, left, alike).orElseThrow().text());
    assertEquals(
        "about 10 min left (8 min to 13 min)", TimeLeft.of(600, left, unlike).orElseThrow().text());
  }

  /// Trials whose time per work differs by a factor drawn anew for each.
  @Test
  void theIntervalHoldsEightOfTenRests() {
    int held = 0;
    int studies = 2_000;
    Random random = new Random(7);
    for (int study = 0; study < studies; study++) {
      List<Ended> ended = new ArrayList<>();
      double elapsed = 0;
      double rest = 0;
      List<Double> restWork = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        double work = 1 + i % 3;
        double seconds = work * (0.6 + 0.8 * random.nextDouble());
        if (i < 20) {
          ended.add(new Ended(work, seconds));
          elapsed += seconds;
        } else {
          rest += seconds;
          restWork.add(work);
        }
      }
      TimeLeft left = TimeLeft.of(elapsed, restWork, ended).orElseThrow();
      held += left.low() <= rest && rest <= left.high() ? 1 : 0;
    }
    double share = held / (double) studies;
    assertTrue(share > 0.74 && share < 0.86, "the interval of 80 % held in " + share);
  }

  @Test
  void saysTimesAsPeopleDo() {
    assertEquals("59 s", TimeLeft.words(59));
    assertEquals("2 min", TimeLeft.words(61));
    assertEquals("1 h 5 min", TimeLeft.words(3_900));
  }
}
