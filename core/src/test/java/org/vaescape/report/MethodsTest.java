package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Metric;
import org.vaescape.study.Metrics;
import org.vaescape.study.Sources;

class MethodsTest {
  private static final Pattern ID = Pattern.compile("(?:arXiv|doi):([0-9][^\\s,;]*)");

  private static Methods methods(ReportInput input) {
    return new Methods(input, StudyCells.of(input));
  }

  @Test
  void whatItCitesIsInTheBibliographyAndNothingElse() {
    Methods methods = methods(SampleStudy.full().withModels("vae", "iwae").input(0));
    Set<String> cited = found("@([a-z]+\\d{4})", methods.text());
    assertEquals(found("@\\w+\\{(\\w+),", methods.bib()), cited);
    assertTrue(cited.containsAll(Set.of("kingma2014", "burda2016", "kingma2015")), cited::toString);
    assertFalse(cited.contains("zhao2019"), "InfoVAE was not trained");
  }

  @Test
  void itHasTheSettingsOfModelsAndHowTheLatentWasValidated() {
    ReportInput input =
        SampleStudy.full().withModels("vae", "iwae").withKey("iwae.samples", "5", "50").input(0);
    String yaml = "name: x\nvalidation: {latent: sampled}\n";
    String text =
        methods(
                new ReportInput(
                    "x", yaml, List.of(), input.plan(), input.trials(), List.of(), List.of()))
            .text()
            .replace("\n", " ");
    assertTrue(text.contains("Settings of their own: iwae (samples 5, 50)."), text);
    assertTrue(text.contains("(val_reconstruction, of a latent that is sampled)"), text);
    assertFalse(text.contains("split of its own"), "there is one repeat");
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void itSaysWhatTheStudyFileAndTheTrialsSay() {
    ReportInput input = SampleStudy.full().withModels("vae").withRepeats(2).input(0);
    String yaml =
        """
        name: x
        data:
          matrix: /far/away/counts.tsv.gz
          select: {by: variance, keep: 1234}
          split: {validation: 0.25, test: 0.1, group: patient}
        repeats: {count: 2, split: fixed}
        """;
    String text =
        methods(
                new ReportInput(
                    "x", yaml, List.of(), input.plan(), input.trials(), List.of(), List.of()))
            .text()
            .replace("\n", " ");
    for (String said :
        List.of(
            "matrix counts.tsv.gz",
            "1234 genes of the largest variance",
            "a share of 0.25 was held out for validation and 0.1 for test",
            "grouped by patient; all repeats shared one split",
            "90 settings, 2 repeats each, 180 trials in all",
            "latent (10, 20, 30, 50, 100, 200)",
            "vaescape 0.1.0")) {
      assertTrue(text.contains(said), () -> said + " is not in " + text);
    }
  }

  @Test
  void itSaysNothingOfWhatWasNotDone() {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    String yaml = "data: {scale: none, select: {keep: 9}, split: {group: patient}}\n";
    String text = text(input, yaml, Map.of("matrix", "60 samples x 9 genes", "patients", "30"));
    assertTrue(text.contains("and values not scaled; genes were chosen on"), text);
    assertTrue(text.contains("at random, grouped by patient"), text);
    assertTrue(text.contains("We trained vae [@kingma2014] with reconstruction term"), text);
    String strangers =
        text(input, yaml, Map.of("matrix", "60 samples x 9 genes", "patients", "60"));
    assertFalse(strangers.contains("grouped"), strangers);
  }

  private static String text(ReportInput input, String yaml, Map<String, String> facts) {
    List<FinishedTrial> trials =
        input.trials().stream()
            .map(trial ->
                FinishedTrials.copy(
                    trial,
                    trial.id(),
                    trial.settings(),
                    trial.status(),
                    trial.verdict(),
                    trial.metrics(),
                    trial.curve(),
                    trial.message(),
                    new TreeMap<>(facts)))
            .toList();
    return methods(
            new ReportInput("x", yaml, List.of(), input.plan(), trials, List.of(), List.of()))
        .text()
        .replace("\n", " ");
  }

  /// A model that is added with a source needs an entry.
  @Test
  void everySourceWithAnIdentifierHasAnEntryWithIt() {
    References references = References.read();
    List<String> sources = new ArrayList<>(Sources.all());
    Metrics.ALL.stream().map(Metric::source).forEach(sources::add);
    for (String source : sources) {
      Matcher ids = ID.matcher(source);
      String entries = String.join("\n", references.entries(source).values());
      for (MatchResult id : ids.results().toList()) {
        assertTrue(entries.contains("{" + id.group(1) + "}"), source + " has not " + id.group(1));
      }
    }
  }

  @Test
  void aFileThatIsNoStudyLeavesOutWhatItDoesNotSay() {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    Methods methods =
        methods(
            new ReportInput(
                "x",
                "[not a study",
                List.of(),
                input.plan(),
                input.trials(),
                List.of(),
                List.of()));
    assertTrue(methods.text().startsWith("Data. We used the expression matrix of the study."));
  }
}
