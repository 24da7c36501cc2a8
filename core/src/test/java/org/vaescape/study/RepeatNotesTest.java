package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatNotesTest {
  private static final String TORN = "%d patients have samples in training and in validation (%s)";

  @Test
  void saysOnceWhatHoldsInAllRepeatsAlike() {
    RepeatNotes notes = new RepeatNotes(3);
    for (int repeat = 0; repeat < 3; repeat++) {
      notes.add(repeat, List.of("m.tsv: 2 values are missing"));
    }
    assertEquals(List.of("m.tsv: 2 values are missing"), notes.sentences());
  }

  @Test
  void countsRepeatsAndShowsTheNumbersOfTheFirst() {
    RepeatNotes notes = new RepeatNotes(4);
    notes.add(1, List.of(TORN.formatted(2, "a, b"), "the test part has 1 sample"));
    notes.add(2, List.of(TORN.formatted(3, "a, c, d")));
    notes.add(3, List.of("the test part has 1 sample"));
    assertEquals(
        List.of(
            "2 patients have samples in training and in validation (a, b) (in 2 of 4 repeats; numbers are those of repeat 1)",
            "the test part has 1 sample (in 2 of 4 repeats)"),
        notes.sentences());
  }

  @Test
  void saysThatNumbersDifferWhereAllRepeatsHaveIt() {
    RepeatNotes notes = new RepeatNotes(2);
    notes.add(0, List.of("0.5 % of the training values lie outside"));
    notes.add(1, List.of("1 % of the training values lie outside"));
    assertEquals(
        List.of(
            "0.5 % of the training values lie outside (in 2 of 2 repeats; numbers are those of repeat 0)"),
        notes.sentences());
  }

  @Test
  void holdsSettingsApartThatDifferInNumbers() {
    RepeatNotes notes = new RepeatNotes(2);
    for (int repeat = 0; repeat < 2; repeat++) {
      notes.addAsTheyAre(repeat, List.of("batch is 200", "batch is 300"));
    }
    assertEquals(List.of("batch is 200", "batch is 300"), notes.sentences());
  }
}
