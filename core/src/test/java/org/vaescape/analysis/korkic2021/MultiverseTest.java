package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.korkic2021.Multiverse.Answer;
import org.vaescape.analysis.korkic2021.Multiverse.Column;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.Scope;

class MultiverseTest {
  private static final String NAME = "korkic2021/best-learning-rate-0.001";

  private interface Holds {
    Optional<Boolean> of(SequencedMap<String, String> reading);
  }

  /// Five keys of two values each: 32 readings.
  private static Multiverse table(Holds holds) {
    SequencedMap<Scope, List<StudyClaim>> scored = new LinkedHashMap<>();
    for (int i = 0; i < 32; i++) {
      SequencedMap<String, String> reading = new LinkedHashMap<>();
      reading.put("output-norm", i / 16 % 2 == 0 ? "batch" : "none");
      reading.put("kl-weight", i / 8 % 2 == 0 ? "batch/n" : "0.00025");
      reading.put("drop-last", i / 4 % 2 == 0 ? "true" : "false");
      reading.put("stop", i / 2 % 2 == 0 ? "relative-change" : "loss-and-change");
      reading.put("scheduler", i % 2 == 0 ? "exponential" : "constant");
      scored.put(
          new Scope("vae", reading),
          holds.of(reading).map(one -> List.of(claim(one, Verdict.UNDECIDED))).orElse(List.of()));
    }
    return Multiverse.of(scored).getFirst();
  }

  private static StudyClaim claim(boolean holds, Verdict verdict) {
    return new StudyClaim(
        NAME,
        new Claim(
            NAME + "/vae",
            "",
            "",
            "vae",
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            90,
            verdict,
            List.of(),
            ""),
        holds);
  }

  private static boolean with(SequencedMap<String, String> reading, String key, String value) {
    return value.equals(reading.get(key));
  }

  private static String sentence(Holds holds) {
    return table(holds).sentences().getFirst();
  }

  @Test
  void findsTheKeyThatDecides() {
    Holds holds = reading -> Optional.of(with(reading, "kl-weight", "0.00025"));
    Column column = table(holds).columns().getFirst();
    assertEquals(column.told(), 2 * column.holding());
    assertEquals("kl-weight", column.deciding().orElseThrow().key());
    assertTrue(column.deciding().orElseThrow().alone());
    assertEquals(
        "vae: "
            + NAME
            + " holds in 16 of 32 readings: in all with kl-weight 0.00025, in none with kl-weight batch/n. By verdict: supported in 0, contradicted in 0, undecided in 32.",
        sentence(holds));
  }

  /// 12 of the 16 readings without output normalisation.
  @Test
  void findsTheValueWithoutWhichItNeverHolds() {
    Holds holds =
        reading ->
            Optional.of(
                with(reading, "output-norm", "none")
                    && !(with(reading, "drop-last", "true")
                        && with(reading, "stop", "relative-change")));
    Column column = table(holds).columns().getFirst();
    assertEquals(12, column.holding());
    assertEquals("output-norm", column.deciding().orElseThrow().key());
    // Variance 3/8 x 5/8, between values (3/8)^2.
    assertEquals(0.6, column.deciding().orElseThrow().share(), 1e-12);
    assertTrue(
        sentence(holds)
            .contains("holds in 12 of 32 readings, all of them with output-norm none (12 of 16)."));
  }

  @Test
  void namesAllValuesThatTheReadingsShareInWhichItHolds() {
    assertTrue(
        sentence(reading ->
                Optional.of(
                    with(reading, "output-norm", "none")
                        && with(reading, "kl-weight", "0.00025")
                        && with(reading, "stop", "relative-change")))
            .contains(
                "4 of 32 readings, all of them with output-norm none, kl-weight 0.00025 and stop relative-change (4 of 4)"));
  }

  @Test
  void namesTheValueWithWhichItFails() {
    assertTrue(
        sentence(reading ->
                Optional.of(
                    !(with(reading, "output-norm", "batch")
                        && with(reading, "scheduler", "constant"))))
            .contains(
                "24 of 32 readings; it fails only with output-norm batch and scheduler constant (in 8 of 8)"));
  }

  @Test
  void saysThatNoSingleReadingDecides() {
    Holds parity =
        reading ->
            Optional.of(
                with(reading, "output-norm", "none") == with(reading, "kl-weight", "0.00025"));
    assertTrue(table(parity).columns().getFirst().deciding().isEmpty());
    assertTrue(sentence(parity).contains("16 of 32 readings; no single reading decides."));
  }

  @Test
  void tellsMostWhereOneKeyMatchesWithExceptions() {
    Holds holds =
        reading ->
            Optional.of(
                with(reading, "output-norm", "none")
                    != (with(reading, "kl-weight", "0.00025")
                        && with(reading, "drop-last", "true")
                        && with(reading, "stop", "relative-change")));
    assertTrue(
        sentence(holds)
            .contains(
                "; output-norm tells most of it: 2 of 16 with output-norm batch, 14 of 16 with output-norm none."));
  }

  @Test
  void whatHoldsEverywhereOrNowhereHangsOnNothing() {
    assertTrue(sentence(_ -> Optional.of(true)).contains("holds in all 32 readings. By"));
    assertTrue(sentence(_ -> Optional.of(false)).contains("holds in none of 32 readings. By"));
  }

  @Test
  void readingsThatCannotTellAreLeftOutOfTheShare() {
    Holds holds =
        reading ->
            with(reading, "stop", "relative-change")
                ? Optional.empty()
                : Optional.of(with(reading, "output-norm", "none"));
    // The claim is not made under the first reading at all.
    Column column = table(holds).columns().getFirst();
    assertEquals(16, column.told());
    assertEquals(column.told(), 2 * column.holding());
    assertEquals(Answer.OPEN, column.byEstimate().getFirst());
    assertTrue(sentence(holds).contains("(open in 16 more)"));
  }

  @Test
  void keysThatWentTogetherAreBothNamed() {
    SequencedMap<Scope, List<StudyClaim>> scored = new LinkedHashMap<>();
    for (String value : List.of("a", "b")) {
      SequencedMap<String, String> reading = new LinkedHashMap<>();
      reading.put("one", value);
      reading.put("other", value);
      Verdict verdict = value.equals("a") ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
      scored.put(new Scope("", reading), List.of(claim(value.equals("a"), verdict)));
    }
    Multiverse table = Multiverse.of(scored).getFirst();
    assertEquals(List.of("other"), table.columns().getFirst().deciding().orElseThrow().others());
    assertEquals(List.of(Answer.HOLDS, Answer.FAILS), table.columns().getFirst().byVerdict());
    assertTrue(
        table
            .sentences()
            .getFirst()
            .endsWith(
                "in all with one a, in none with one b (as well told by other, which went with it). By verdict: supported in 1, contradicted in 1, undecided in 0."));
  }

  @Test
  void aStudyOfOneReadingHasNoTable() {
    SequencedMap<Scope, List<StudyClaim>> scored = new LinkedHashMap<>();
    scored.put(new Scope("vae", new LinkedHashMap<>()), List.of(claim(true, Verdict.SUPPORTED)));
    scored.put(new Scope("iwae", new LinkedHashMap<>()), List.of(claim(true, Verdict.SUPPORTED)));
    assertTrue(Multiverse.of(scored).isEmpty());
  }

  /// From runs to the table: with one output the best rate is 0.001, with the other 0.01.
  @Test
  void countsClaimsOfRunsAcrossReadings() {
    SequencedMap<Scope, List<StudyClaim>> scored = new LinkedHashMap<>();
    for (String norm : List.of("batch", "none")) {
      SequencedMap<String, String> reading = new LinkedHashMap<>();
      reading.put("output-norm", norm);
      int best = norm.equals("none") ? 2 : 3;
      Scope scope = new Scope("vae", reading);
      Landscape landscape =
          PlantedStudy.landscape(
              scope,
              PlantedStudy.OPTIMIZERS,
              1,
              setting -> End.learned(0.01 * (1 + Math.abs(setting.rate() - best))));
      scored.put(scope, StudyClaims.scored(landscape, 1));
    }
    List<String> sentences = Multiverse.of(scored).getFirst().sentences();
    assertTrue(
        sentences.stream()
            .anyMatch(one ->
                one.startsWith(
                    "vae: korkic2021/best-learning-rate-0.001 holds in 1 of 2 readings: in all with output-norm none")));
    assertTrue(
        sentences.stream()
            .anyMatch(one ->
                one.startsWith(
                    "vae: korkic2021/best-learning-rate-0.01 holds in 1 of 2 readings: in all with output-norm batch")));
  }
}
