package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class InShortTest {
  private static final List<String> MODELS = List.of("ae", "vae", "iwae");

  @Test
  void modelsThatSayTheSameAreSaidAtOnceAndOneOutcomeDoes() {
    SensitivityText.Part part = InShort.of(Sensitivity.of(set(MODELS, 3, true))).part();
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

  /// However many models there are.
  @Test
  void itStaysShort() {
    List<String> many = List.of("a", "b", "c", "d", "e", "f", "g");
    SensitivityText.Part part = InShort.of(Sensitivity.of(set(many, 1, true))).part();
    assertTrue(part.sentences().size() <= 7, part.sentences()::toString);
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
    SensitivityText.Part part = InShort.of(found).part();
    for (String label : List.of("Matters most", "Start from", "Tune first")) {
      String sentence = sentence(part, label);
      assertTrue(sentence.endsWith(" Undecided: one seed, no interval."), sentence);
    }
    assertTrue(sentence(part, "Next: ").contains("run 3 repeats"));
  }

  @Test
  void whatHoldsOfAllRunsIsNotSaidOfEachModel() {
    String avoid = sentence(InShort.of(Sensitivity.of(set(MODELS, 1, true))).part(), "Avoid: ");
    assertEquals("Avoid: optimizer sgd (0 of 27 learned in all runs).", avoid);
  }

  @Test
  void whereNothingLearnedItSaysWhatToRun() {
    SensitivityText.Part part = InShort.of(Sensitivity.of(set(List.of("vae"), 1, false))).part();
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
    String all = String.join("\n", SensitivityText.lines(found));
    assertTrue(text.length() < all.length() / 2, text);
  }

  private static String sentence(SensitivityText.Part part, String label) {
    return part.sentences().stream()
        .filter(one -> one.startsWith(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not in " + part.sentences()));
  }

  /// The rate matters most; SGD learns nothing, or nothing does.
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
    double noise = new SplittableRandom(id.hashCode()).nextGaussian();
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
