package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class InShortTest {
  private static final List<String> MODELS = List.of("ae", "vae", "iwae");

  @Test
  void modelsThatSayTheSameAreSaidAtOnceAndOneOutcomeDoes() {
    SensitivityText.Part part = part(Sensitivity.of(set(MODELS, 3, true)));
    assertTrue(part.open());
    assertEquals(
        "In short, by val_reconstruction (all runs: val_mse), the first outcome that settings are chosen by",
        part.heading());
    String matters = sentence(part, "Matters most, by share of the variation: ");
    assertTrue(
        matters.matches(
            ".*: optimizer \\(8\\d % \\[\\d+, \\d+\\] in ae, 8.* in vae, 8.* in iwae, 8.* in all runs; .*"),
        matters);
    assertTrue(part.sentences().stream().noneMatch(one -> one.contains("val_mse")));
  }

  /// Two settings that only matter together, and one of them a little alone.
  @Test
  void whatSettingsDoTogetherIsSaidWhereThatIsMore() {
    SplittableRandom random = new SplittableRandom(3);
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("a", List.of("1", "2")),
                Map.entry("b", List.of("1", "2")),
                Map.entry("c", List.of("1", "2", "3"))),
            3,
            (cell, _) -> {
              boolean same = cell.getOrDefault("a", "").equals(cell.getOrDefault("b", ""));
              boolean low = cell.getOrDefault("a", "").equals("1");
              return Math.exp((same ? 1 : 0) + (low ? 0.4 : 0) + 0.05 * random.nextGaussian());
            });
    String matters = sentence(part(Sensitivity.of(Runs.set(runs))), "Matters most");
    assertTrue(matters.matches(".*: a \\(1\\d % \\[.*\\] alone, a x b 8\\d %.*"), matters);
  }

  /// However many models there are.
  @Test
  void itStaysShort() {
    List<String> many = List.of("a", "b", "c", "d", "e", "f", "g");
    SensitivityText.Part part = part(Sensitivity.of(set(many, 1, true)));
    assertTrue(
        part.sentences().stream().allMatch(one -> one.length() < 500), part.sentences()::toString);
    assertTrue(sentence(part, "Matters most").contains("4 more"), part.sentences()::toString);
  }

  @Test
  void whatIsNotDecidedSaysSo() {
    Sensitivity found = Sensitivity.of(set(MODELS, 1, true));
    assertTrue(
        found.claims().stream()
            .filter(claim -> claim.id().startsWith("importance/"))
            .allMatch(claim -> claim.verdict() == Claim.Verdict.UNDECIDED));
    SensitivityText.Part part = part(found);
    for (String label : List.of("Matters most", "Start from", "Tune first")) {
      String sentence = sentence(part, label);
      assertTrue(sentence.endsWith(" Undecided: one seed, no interval."), sentence);
    }
    assertTrue(sentence(part, "Next: ").contains("run 3 repeats"));
  }

  @Test
  void whatHoldsOfAllRunsIsNotSaidOfEachModel() {
    String avoid = sentence(part(Sensitivity.of(set(MODELS, 1, true))), "Avoid: ");
    assertEquals("Avoid: optimizer sgd (0 of 27 learned in all runs).", avoid);
  }

  @Test
  void whereNothingLearnedItSaysWhatToRun() {
    SensitivityText.Part part = part(Sensitivity.of(set(List.of("vae"), 1, false)));
    assertEquals("In short", part.heading());
    assertEquals(1, part.sentences().size(), part.sentences()::toString);
    assertTrue(part.sentences().getFirst().startsWith("Next: raise learning-rate"));
    assertTrue(part.sentences().getFirst().endsWith(" (of 18 runs none learned)."));
  }

  /// Of all that is decided, and of that by the first outcome only.
  @Test
  void theShortTextHasNoOtherOutcomeAndNothingUndecided() {
    Sensitivity found = Sensitivity.of(set(MODELS, 3, true));
    String text = String.join("\n", SensitivityText.shortLines(found));
    assertTrue(text.contains("[supported] vae: optimizer has the largest main effect"), text);
    assertTrue(text.contains("[supported] all runs: optimizer has the largest"), text);
    assertTrue(!text.contains("[undecided]"), text);
    assertEquals(4, text.split("has the largest main effect on log val", -1).length - 1, text);
    assertTrue(text.contains("Left out: "), text);
    assertFalse(text.contains(" random trials is expected"), text);
    String all = String.join("\n", SensitivityText.lines(found));
    assertTrue(text.length() < all.length() / 2, text);
  }

  /// Of one repeat most claims of the study are undecided by every model: these have no line.
  @Test
  void claimsOfTheStudyThatNoModelDecidesAreCounted() {
    Sensitivity found = Sensitivity.of(set(List.of("vae", "iwae"), 1, true));
    List<String> published =
        SensitivityText.parts(found).stream()
            .filter(part -> part.heading().contains("korkic2021"))
            .flatMap(part -> part.sentences().stream())
            .toList();
    List<String> open =
        published.stream().filter(line -> line.matches("[a-z][^:]+: undecided by [^;]+")).toList();
    assertFalse(open.isEmpty(), published::toString);
    String all = String.join("\n", SensitivityText.lines(found));
    int undecided = all.split("\\[undecided[\\]:]", -1).length - 1;
    String text = String.join("\n", SensitivityText.shortLines(found));
    open.forEach(line -> assertFalse(text.contains(line), text));
    String last = text.substring(text.indexOf("Left out: ")).replaceAll("\\s+", " ");
    assertTrue(
        last.startsWith(
            "Left out: %s statements that these runs do not decide, ".formatted(undecided)),
        last);
  }

  /// Where learning-rate and optimizer gain nothing alone, no claim says what they gain together.
  @Test
  void whatGainsOnlyTogetherIsSaidWithItsOwnNumber() {
    Sensitivity found =
        Sensitivity.of(
            Runs.set(
                Runs.grid(
                    Runs.space(
                        Map.entry("learning-rate", List.of("0.001", "0.01", "0.1")),
                        Map.entry("latent", List.of("10", "20", "50")),
                        Map.entry("optimizer", List.of("adam", "sgd"))),
                    3,
                    (cell, repeat) -> {
                      boolean both =
                          cell.getOrDefault("optimizer", "").equals("sgd")
                              && cell.getOrDefault("learning-rate", "").equals("0.1");
                      return Math.exp((both ? -0.4 : 0) + 0.001 * noise(cell + " " + repeat));
                    })));
    String tune = sentence(part(found), "Tune first, by what it gains over the default: ");
    assertTrue(
        tune.matches(
            ".*: learning-rate, near 0.1 \\(0.01 to 0.1\\), and optimizer, where sgd is best, together \\(33 % \\[\\S+, \\S+\\].*"),
        tune);
    assertFalse(tune.contains("more"), tune);
    assertFalse(tune.contains("ways of looking"), tune);
    Advice together = only(found, Advice.TUNE_FIRST);
    assertEquals("", together.brief().orElseThrow().claim());
    assertFalse(together.reason().contains("undecided"), together.reason());
  }

  /// Adam's best rate lies inside, that of SGD at the upper edge; the optimizer matters only with
  /// the rate.
  private static Sensitivity edge(int repeats) {
    return Sensitivity.of(
        Runs.set(
            Runs.grid(
                Runs.space(
                    Map.entry("optimizer", List.of("adam", "sgd")),
                    Map.entry("learning-rate", List.of("0.0001", "0.001", "0.01", "0.1")),
                    Map.entry("latent", List.of("10", "50"))),
                repeats,
                (cell, repeat) -> {
                  double best = cell.getOrDefault("optimizer", "").equals("sgd") ? 10 : 0.003;
                  double rate = Double.parseDouble(cell.getOrDefault("learning-rate", ""));
                  double off = Math.log10(rate / best);
                  return 0.01 * Math.exp(0.6 * off * off + 0.03 * noise(cell + " " + repeat));
                })));
  }

  @Test
  void anOptimizerThatWasNotTriedAtItsBestRateIsADoubt() {
    for (int repeats : new int[] {1, 3}) {
      SensitivityText.Part part = part(edge(repeats));
      for (String label : List.of("Matters most", "Keep: ")) {
        String sentence = sentence(part, label);
        assertTrue(
            sentence.matches(
                ".*optimizer[^;]*[(;] ?(.*; )?not all at their best learning-rate[;)].*"),
            sentence);
      }
      assertEquals(repeats == 1, sentence(part, "Keep: ").endsWith(" One seed."), part::toString);
    }
  }

  /// What iwae fails at is not hidden by failures that are spread over all runs.
  @Test
  void failuresThatLieNowhereHideNoneThatLieSomewhere() {
    List<Run> runs = new ArrayList<>();
    for (Run run : set(List.of("vae", "iwae"), 3, true).runs()) {
      boolean iwae = run.settings().getOrDefault("model", "").equals("iwae");
      boolean high = run.settings().getOrDefault("learning-rate", "").equals("0.1");
      boolean fails =
          run.fate() == Fate.LEARNED
              && (iwae ? high && run.repeat() > 0 : !high && run.id().hashCode() % 5 == 0);
      runs.add(
          fails
              ? new Run(run.id(), run.settings(), run.repeat(), Fate.FAILED, "diverged", Map.of())
              : run);
    }
    Sensitivity found = Sensitivity.of(set(runs));
    Advice expect =
        found.advice().stream()
            .filter(one -> one.sentence().startsWith("Expect failures"))
            .filter(one -> one.scope().equals("all runs"))
            .findFirst()
            .orElseThrow();
    assertTrue(
        expect
            .sentence()
            .matches("Expect failures elsewhere as well: \\d+ of the other 54 runs failed.*"),
        expect.sentence());
    assertFalse(expect.sentence().contains("sgd"), expect.sentence());
    String avoid = sentence(part(found), "Avoid: ");
    assertTrue(avoid.contains("optimizer adam, learning-rate 0.1 (6 of 9 failed in iwae)"), avoid);
    assertTrue(avoid.startsWith("Avoid: optimizer sgd (0 of 54 learned in all runs)"), avoid);
    assertFalse(avoid.contains("failures"), avoid);
  }

  @Test
  void whatMakesNextToNothingIsSaidByItself() {
    SensitivityText.Part part = part(Sensitivity.of(set(MODELS, 3, true)));
    assertFalse(sentence(part, "Matters most").contains("nothing"));
    String none = sentence(part, "Next to nothing, by share of the variation: ");
    assertTrue(none.matches(".*: latent \\((at most|less than) .*"), none);
  }

  private static Advice only(Sensitivity found, String kind) {
    List<Advice> all = found.advice().stream().filter(one -> one.kind().equals(kind)).toList();
    assertEquals(1, all.size(), all::toString);
    return all.getFirst();
  }

  private static SensitivityText.Part part(Sensitivity found) {
    return new InShort(FirstOutcomes.of(found)).part();
  }

  private static double noise(String id) {
    return new SplittableRandom(id.hashCode()).nextGaussian();
  }

  private static String sentence(SensitivityText.Part part, String label) {
    return part.sentences().stream()
        .filter(one -> one.startsWith(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not in " + part.sentences()));
  }

  /// SGD learns nothing, or nothing does; of Adam the rate matters, and the latent does not.
  private static RunSet set(List<String> models, int repeats, boolean learns) {
    List<Run> runs = new ArrayList<>();
    for (String model : models) {
      for (String optimizer : List.of("adam", "sgd")) {
        for (String rate : List.of("0.001", "0.01", "0.1")) {
          for (String latent : List.of("10", "20", "30")) {
            for (int repeat = 0; repeat < repeats; repeat++) {
              SequencedMap<String, String> settings = new LinkedHashMap<>();
              settings.put("model", model);
              settings.put("optimizer", optimizer);
              settings.put("learning-rate", rate);
              settings.put("latent", latent);
              runs.add(run(settings, repeat, learns && optimizer.equals("adam")));
            }
          }
        }
      }
    }
    return set(runs);
  }

  private static RunSet set(List<Run> runs) {
    return new RunSet(
        "made up",
        1,
        runs,
        List.of(),
        false,
        List.of("learning-rate"),
        OptionalInt.empty(),
        List.of(
            new RunSet.Outcome("val_reconstruction", Metric.Better.LOWER, false),
            new RunSet.Outcome("val_mse", Metric.Better.LOWER, true)),
        RunSet.Origin.STUDY);
  }

  private static Run run(SequencedMap<String, String> settings, int repeat, boolean learned) {
    String id = settings + " " + repeat;
    double noise = noise(id);
    double rate = Double.parseDouble(settings.getOrDefault("learning-rate", ""));
    double loss = learned ? 0.01 * Math.exp(Math.abs(Math.log10(rate) + 2) + 0.02 * noise) : 0.08;
    return new Run(
        id,
        settings,
        repeat,
        learned ? Fate.LEARNED : Fate.UNLEARNED,
        learned ? "learned" : "untrained",
        Map.of(StopPoint.STOP, Map.of("val_reconstruction", loss, "val_mse", 0.9 * loss)));
  }
}
