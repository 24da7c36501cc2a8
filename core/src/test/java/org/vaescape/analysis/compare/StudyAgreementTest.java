package org.vaescape.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.ModelRanks;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

/// Over 400 lines because each pair of planted landscapes stands beside what has to agree in it.
class StudyAgreementTest {
  private static final List<String> LATENTS = List.of("10", "20", "50", "100");
  private static final List<String> RATES = List.of("0.0001", "0.001", "0.01");

  /// Loss of a landscape of the usual kind: sgd far off, adam best at 0.01, rmsprop at 0.001.
  private static double loss(SequencedMap<String, String> settings) {
    double rate = Math.log10(Double.parseDouble(settings.getOrDefault("learning-rate", "")));
    double latent = Math.log(Double.parseDouble(settings.getOrDefault("latent", "50")));
    return switch (settings.getOrDefault("optimizer", "")) {
      case "sgd" -> 0.05 + 0.0001 * rate + 0.00001 * latent;
      case "adam" -> 0.01 + 0.002 * Math.abs(rate + 2) - 0.0005 * latent;
      default -> 0.0105 + 0.002 * Math.abs(rate + 3) - 0.0005 * latent;
    };
  }

  private static SequencedMap<String, List<String>> space(List<String> latents) {
    return Runs.space(
        Map.entry("model", List.of("vae")),
        Map.entry("latent", latents),
        Map.entry("learning-rate", RATES),
        Map.entry("optimizer", List.of("adam", "rmsprop", "sgd")));
  }

  private static ComparedStudy study(
      String name, SequencedMap<String, List<String>> space, Runs.Outcome outcome) {
    return ComparedStudy.of(name, name, Runs.set(Runs.grid(space, 2, outcome)));
  }

  private static Runs.Outcome noisy(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (settings, repeat) -> loss(settings) * Math.exp(0.005 * random.nextGaussian());
  }

  private static SettingAgreement only(ComparedStudy one, ComparedStudy other) {
    List<SettingAgreement> all = StudyAgreement.of(List.of(one, other)).settings();
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private static SequencedMap<String, List<String>> with(
      SequencedMap<String, List<String>> space, String key, String... values) {
    SequencedMap<String, List<String>> more = new LinkedHashMap<>(space);
    more.put(key, List.of(values));
    return more;
  }

  @Test
  void matchesSettingsThatDifferInWhatIsConstantInEachStudy() {
    SettingAgreement found =
        only(
            study("fp32", with(space(LATENTS), "precision", "fp32"), noisy(1)),
            study("bf16", with(space(LATENTS), "precision", "bf16"), noisy(2)));
    assertEquals(36, found.learnedInBoth());
    assertEquals(0, found.onlyInOne() + found.onlyInOther());
    assertTrue(found.averaged().isEmpty());
    assertTrue(found.agreement().overall().orElseThrow().spearman().coefficient() > 0.95);
    assertTrue(found.claim().estimate().getAsDouble() > 0.6, "sgd does not learn, and is noise");
    assertEquals(Claim.Verdict.SUPPORTED, found.claim().verdict());
    assertEquals("setting-agreement/fp32/bf16/vae/val_mse", found.claim().id());
  }

  @Test
  void takesFromTheWiderStudyWhatTheOtherOneHas() {
    SettingAgreement found =
        only(
            study("wide", space(LATENTS), noisy(1)),
            study("narrow", space(List.of("50")), noisy(2)));
    assertEquals(9, found.learnedInBoth());
    assertTrue(found.averaged().isEmpty());
    SettingAgreement other =
        only(study("wide", space(LATENTS), noisy(1)), study("off", space(List.of("7")), noisy(2)));
    assertEquals(9, other.learnedInBoth());
    assertEquals(List.of("latent"), other.averaged());
    assertTrue(other.claim().sentence().contains("Means over latent were compared."));
  }

  @Test
  void countsSettingsOfOneStudyOnly() {
    SettingAgreement found =
        only(
            study("one", space(List.of("10", "20", "50")), noisy(1)),
            study(
                "other",
                space(List.of("20", "50", "100")),
                (settings, repeat) ->
                    settings.containsValue("0.01") && settings.containsValue("rmsprop")
                        ? Double.NaN
                        : loss(settings)));
    assertEquals(9, found.onlyInOne());
    assertEquals(9, found.onlyInOther());
    assertEquals(2, found.learnedInOne());
    assertEquals(16, found.learnedInBoth());
  }

  @Test
  void saysHowLittleAHighCorrelationSays() {
    // The other study has settings at random within each optimizer.
    SplittableRandom random = new SplittableRandom(9);
    Map<SequencedMap<String, String>, Double> drawn = new LinkedHashMap<>();
    Runs.Outcome shuffled =
        (settings, repeat) ->
            drawn.computeIfAbsent(
                    settings,
                    own ->
                        (own.containsValue("sgd") ? 0.05 : own.containsValue("adam") ? 0.01 : 0.02)
                            + 0.001 * random.nextDouble())
                * (1 + 1e-6 * repeat);
    Runs.Outcome apart =
        (settings, repeat) ->
            loss(settings) + (settings.containsValue("rmsprop") ? 0.01 : 0) + 1e-7 * repeat;
    SettingAgreement found =
        only(study("one", space(LATENTS), apart), study("other", space(LATENTS), shuffled));
    double overall = found.agreement().overall().orElseThrow().spearman().coefficient();
    assertTrue(overall > 0.85, "overall " + overall);
    assertEquals(Claim.Verdict.UNDECIDED, found.claim().verdict());
    String sentence = found.claim().sentence();
    assertTrue(sentence.contains("0.7 between TCGA and GTEx (Eltager et al. 2023)"), sentence);
    assertTrue(sentence.contains("A high correlation does not show that a landscape is right"));
  }

  @Test
  void computesTheCorrelationWithTwoOptimizersExchanged() {
    // adam 1 2 3, rmsprop 4 5 6, sgd 7 8 9 in both studies: exchanging the first two turns ranks
    // 1-6 into 4 5 6 1 2 3, six differences of 3: 1 - 6 * 54 / (9 * 80) = 0.55.
    List<String> optimizers = List.of("adam", "rmsprop", "sgd");
    Runs.Outcome steps =
        (settings, repeat) ->
            3 * optimizers.indexOf(settings.getOrDefault("optimizer", ""))
                + RATES.indexOf(settings.getOrDefault("learning-rate", ""))
                + 1
                + 0.01 * repeat;
    SettingAgreement found =
        only(
            study("one", space(List.of("10")), steps), study("other", space(List.of("10")), steps));
    SettingAgreement.Swap swap = found.swapped().orElseThrow();
    assertEquals("adam", swap.optimizer());
    assertEquals("rmsprop", swap.with());
    assertEquals(0.55, swap.correlation(), 1e-12);
    assertEquals(1, found.claim().estimate().getAsDouble(), 1e-12);
  }

  @Test
  void judgesTheBestSettingOfOneStudyInTheOther() {
    Runs.Outcome best10 =
        (settings, repeat) -> settings.containsValue("10") ? 1 : 2 + 0.01 * repeat;
    Runs.Outcome best20 =
        (settings, repeat) ->
            settings.containsValue("20") ? 1 : settings.containsValue("10") ? 1.5 : 3;
    SettingAgreement found =
        only(study("one", space(LATENTS), best10), study("other", space(LATENTS), best20));
    Transfer there = found.transfers().get(0);
    assertEquals("10", there.settings().get("latent"));
    assertEquals(1.5, there.worse().getAsDouble(), 1e-12);
    assertFalse(there.best());
    Transfer back = found.transfers().get(1);
    assertEquals("20", back.settings().get("latent"));
    assertEquals(2.01, back.worse().getAsDouble(), 1e-12, "on repeat 1, which did not choose");
    SettingAgreement itself =
        only(study("one", space(LATENTS), best10), study("other", space(LATENTS), best10));
    assertTrue(itself.transfers().getFirst().best());
    assertTrue(
        itself
            .claim()
            .sentence()
            .contains(
                "The best setting of one (latent 10, learning-rate 0.0001, optimizer adam) is also that of other."),
        itself.claim().sentence());
    Runs.Outcome failing = (settings, repeat) -> settings.containsValue("10") ? Double.NaN : 1;
    Transfer failed =
        only(study("one", space(LATENTS), best10), study("other", space(LATENTS), failing))
            .transfers()
            .getFirst();
    assertEquals("it did not learn in every repeat of other", failed.reason());
    assertTrue(failed.worse().isEmpty());
  }

  @Test
  void matchesAReadingWithTheOnlyValueOfTheOtherStudy() {
    List<Run> both = Runs.grid(with(space(LATENTS), "output-norm", "batch", "none"), 2, noisy(1));
    RunSet set = Runs.set(both);
    ComparedStudy readings =
        ComparedStudy.of(
            "readings",
            "a",
            new RunSet(
                set.name(),
                set.seed(),
                both,
                List.of("output-norm"),
                true,
                set.logarithmic(),
                set.genes(),
                set.outcomes()));
    ComparedStudy none = study("none", with(space(LATENTS), "output-norm", "none"), noisy(2));
    StudyAgreement found = StudyAgreement.of(List.of(readings, none));
    assertEquals(1, found.settings().size());
    assertEquals("vae, output-norm none", found.settings().getFirst().scope());
    assertEquals(36, found.settings().getFirst().learnedInBoth());
    assertEquals(1, found.unmatched().size(), "output-norm batch");
  }

  @Test
  void ordersSettingsOnlyByOutcomesOfWhichOneEndIsBetter() {
    List<ComparedStudy> studies = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      RunSet set = Runs.set(Runs.grid(space(LATENTS), 2, noisy(seed)));
      RunSet more =
          new RunSet(
              set.name(),
              set.seed(),
              set.runs(),
              set.readings(),
              set.crossed(),
              set.logarithmic(),
              set.genes(),
              List.of(
                  set.outcomes().getFirst(),
                  new RunSet.Outcome("epochs", Metric.Better.NONE, true)));
      studies.add(ComparedStudy.of("study " + seed, "", more));
    }
    assertEquals(
        List.of("val_mse"),
        StudyAgreement.of(studies).settings().stream().map(SettingAgreement::metric).toList());
  }

  @Test
  void findsWhetherTheSameEffectIsTheLargest() {
    Runs.Outcome byRate =
        (settings, repeat) ->
            1
                + 5 * RATES.indexOf(settings.getOrDefault("learning-rate", ""))
                + 0.2 * LATENTS.indexOf(settings.getOrDefault("latent", ""))
                + 0.01 * (settings.hashCode() % 7)
                + 0.001 * repeat;
    ComparedStudy optimizer = study("optimizer", space(LATENTS), noisy(1));
    ComparedStudy again = study("again", space(LATENTS), noisy(2));
    ComparedStudy rate = study("rate", space(LATENTS), byRate);
    EffectAgreement same = StudyAgreement.of(List.of(optimizer, again)).effects().getFirst();
    assertTrue(same.sameFirst());
    assertEquals(Claim.Verdict.SUPPORTED, same.claim().verdict());
    assertEquals(7, same.effects());
    assertTrue(same.claim().estimate().getAsDouble() > 0.9, same.claim().sentence());
    StudyAgreement flips = StudyAgreement.of(List.of(optimizer, rate));
    EffectAgreement different = flips.effects().getFirst();
    assertEquals(List.of("optimizer"), different.first().factors());
    assertEquals(List.of("learning-rate"), different.firstOfOther().factors());
    assertEquals(Claim.Verdict.CONTRADICTED, different.claim().verdict());
    ClaimAcross importance =
        flips.claims().stream()
            .filter(across -> across.id().equals("importance/vae/val_mse"))
            .findFirst()
            .orElseThrow();
    assertEquals(ClaimAcross.Outcome.FLIPS, importance.outcome(), "both support another effect");
    ClaimAcross first =
        flips.claims().stream()
            .filter(across -> across.id().equals("first-settings/vae/val_mse"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(Claim.Verdict.SUPPORTED, Claim.Verdict.SUPPORTED),
        first.entries().stream().map(entry -> entry.claim().verdict()).toList());
    assertEquals(ClaimAcross.Outcome.OPEN, first.outcome(), "other settings are no contradiction");
    assertTrue(first.differs());
  }

  /// What comes first among the rest is supported by nobody where something else is the largest.
  @Test
  void leavesOpenTheLargestOfWhatBothVariedWhereAnotherIsLarger() {
    ComparedStudy one = study("one", space(LATENTS), noisy(1));
    Runs.Outcome deeper = noisy(2);
    ComparedStudy other =
        study(
            "other",
            with(space(LATENTS), "depth", "1", "2"),
            (settings, repeat) ->
                deeper.of(settings, repeat)
                    * (settings.getOrDefault("depth", "").equals("1") ? 1 : 1000));
    EffectAgreement found = StudyAgreement.of(List.of(one, other)).effects().getFirst();
    assertTrue(found.sameFirst(), found.claim().sentence());
    assertEquals(List.of("depth"), found.onlyInOther());
    assertEquals(List.of(), found.onlyInOne());
    Claim claim = found.claim();
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.sentence().contains("only other varied depth"), claim.sentence());
    assertTrue(claim.reason().contains("did not vary"), claim.reason());
    assertTrue(found.brief().contains("only other varied depth"), found.brief());
  }

  @Test
  void theOrderOfColumnsFlipsNothing() {
    ComparedStudy one = study("one", space(LATENTS), noisy(1));
    List<Run> turned = new ArrayList<>();
    for (Run run : one.runs().runs()) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      run.settings().reversed().forEach(settings::put);
      turned.add(Runs.run(settings, run.repeat(), run.outcome(Runs.LOSS, StopPoint.STOP)));
    }
    ComparedStudy other = ComparedStudy.of("other", "", Runs.set(turned));
    List<ClaimAcross> claims = StudyAgreement.of(List.of(one, other)).claims();
    Set<String> named = new TreeSet<>();
    for (ClaimAcross claim : claims) {
      assertNotEquals(ClaimAcross.Outcome.FLIPS, claim.outcome(), claim.toString());
      if (claim.outcome() == ClaimAcross.Outcome.HOLDS) {
        named.add(claim.id().split("/", 2)[0]);
        assertEquals(
            claim.entries().getFirst().claim().answer(),
            claim.entries().getLast().claim().answer());
      }
    }
    assertTrue(
        named.containsAll(List.of("best-setting", "importance", "first-settings")),
        named.toString());
  }

  /// Some number always is: that it is so in both studies is no conclusion.
  @Test
  void howManyTrialsAreEnoughNeitherHoldsNorFlips() {
    ClaimAcross budget =
        StudyAgreement.of(
                List.of(
                    study("one", space(LATENTS), noisy(1)),
                    study("other", space(LATENTS), noisy(2))))
            .claims()
            .stream()
            .filter(across -> across.id().equals("user/vae/val_mse/budget"))
            .findFirst()
            .orElseThrow();
    assertEquals(2, budget.entries().size());
    assertEquals(ClaimAcross.Outcome.MEASURED, budget.outcome());
  }

  @Test
  void keepsWhatAClaimIsAboutInItsFirstSentence() {
    ComparedStudy one = study("one", space(LATENTS), noisy(1));
    ComparedStudy other = study("other", space(LATENTS), noisy(2));
    List<List<String>> said = new ArrayList<>();
    for (ComparedStudy study : List.of(one, other)) {
      Landscape landscape = study.runs().landscapes().getFirst();
      RunSet.Outcome outcome = study.runs().outcomes().getFirst();
      Wording wording = Wording.of(study.runs().runs());
      said.add(
          SeedNoise.of(landscape, outcome).orElseThrow().claims().stream()
              .map(claim -> wording.of(claim))
              .toList());
    }
    assertEquals(
        List.of(
            "vae: repeats of one setting differ in val_mse",
            "vae: by val_mse the best setting is latent 100, learning-rate 0.01, optimizer adam"),
        said.getFirst());
    assertEquals(said.get(0), said.get(1), "equal losses, other noise");
  }

  @Test
  void testsRanksOfModelsOnlyOverDifferentData() {
    SequencedMap<String, List<String>> models =
        Runs.space(
            Map.entry("model", List.of("vae", "iwae", "infovae")),
            Map.entry("optimizer", List.of("adam", "sgd")));
    Runs.Outcome outcome =
        (settings, repeat) ->
            List.of("iwae", "vae", "infovae").indexOf(settings.getOrDefault("model", ""))
                + 1
                + 0.1 * repeat;
    List<ComparedStudy> different = new ArrayList<>();
    List<ComparedStudy> same = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      RunSet runs = Runs.set(Runs.grid(models, 2, outcome));
      different.add(ComparedStudy.of(name, name, runs));
      same.add(ComparedStudy.of(name, "hash", runs));
    }
    ModelsAcross tested = StudyAgreement.of(different).models().getFirst();
    assertTrue(tested.ranks() instanceof ModelRanks.Tested);
    assertEquals(List.of(2.0, 1.0, 3.0), order(tested, "vae", "iwae", "infovae"));
    assertEquals(Claim.Verdict.SUPPORTED, tested.claim().verdict());
    // All four alike: 6 orders are possible in each, so 6^-3 if the models do not differ.
    assertTrue(tested.claim().sentence().contains("p 0.00463"), tested.claim().sentence());
    ModelsAcross few = StudyAgreement.of(different.subList(0, 2)).models().getFirst();
    assertEquals(Claim.Verdict.UNDECIDED, few.claim().verdict(), "1 in 6");
    assertTrue(
        few.claim()
            .words()
            .contains("these runs do not tell whether models, each at its best, differ"),
        few.claim().words());
    ModelsAcross described = StudyAgreement.of(same).models().getFirst();
    assertTrue(described.ranks() instanceof ModelRanks.Described);
    assertTrue(described.claim().reason().startsWith("no p"));
    assertEquals(Claim.Verdict.UNDECIDED, described.claim().verdict());
  }

  private static List<Double> order(ModelsAcross across, String... models) {
    return List.of(models).stream()
        .map(model -> across.ranks().meanRanks()[across.models().indexOf(model)])
        .toList();
  }

  @Test
  void refusesOneStudyOrTwoOfOneName() {
    ComparedStudy one = study("one", space(LATENTS), noisy(1));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> StudyAgreement.of(List.of(one, one)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("[one, one]"));
  }
}
