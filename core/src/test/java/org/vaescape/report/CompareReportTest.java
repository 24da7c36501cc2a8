package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.analysis.compare.LandscapePair;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;

class CompareReportTest {
  private static final double NOISE = .01;

  /// Runs whose loss is that of the learning rate, with noise of 1 %; sgd diverges at 0.1.
  ///
  /// @param best learning rate
  private static ComparedStudy study(String name, String best, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("model", List.of("vae")),
                Map.entry("latent", List.of("10", "50")),
                Map.entry("learning-rate", List.of("0.001", "0.01", "0.1")),
                Map.entry("optimizer", List.of("adam", "sgd"))),
            3,
            (cell, repeat) ->
                cell.containsValue("sgd") && cell.containsValue("0.1")
                    ? Double.NaN
                    : (cell.containsValue(best) ? .01 : .02)
                        * Math.exp(NOISE * random.nextGaussian()));
    RunSet set = Runs.set(runs);
    return ComparedStudy.of(name, "", set);
  }

  private static LandscapePair pair(ComparedStudy one, ComparedStudy other) {
    return LandscapePair.all(List.of(one, other)).getFirst();
  }

  private static AgreementText text(List<ComparedStudy> studies) {
    return new AgreementText(
        studies.stream().map(one -> StudyFacts.ofTable(one.name(), one.runs().runs())).toList(),
        List.of(Runs.LOSS),
        StudyAgreement.of(studies));
  }

  @Test
  void differencesAreOfMeansAndNoiseIsToldFromMore() {
    ComparedStudy one = study("one", "0.001", 1);
    LandscapePair same = pair(one, study("same", "0.001", 2));
    assertEquals(12, same.settings().size());
    long within = same.settings().stream().filter(each -> each.withinNoise().orElse(false)).count();
    // Of 10 settings that learned, 1 in 20 differs by chance.
    assertTrue(within >= 8, () -> within + " within noise");
    LandscapePair other = pair(one, study("other", "0.01", 3));
    for (LandscapePair.Setting setting : other.settings()) {
      if (setting.difference().isEmpty()) {
        assertTrue(setting.settings().containsValue("0.1"), setting.settings()::toString);
        continue;
      }
      double difference = setting.difference().getAsDouble();
      double expected =
          setting.settings().containsValue("0.001")
              ? Math.log(2)
              : setting.settings().containsValue("0.01") ? -Math.log(2) : 0;
      assertEquals(expected, difference, 6 * NOISE, setting.settings()::toString);
      assertEquals(
          Math.log(setting.other().getAsDouble() / setting.one().getAsDouble()), difference, 1e-9);
      if (expected != 0) {
        assertFalse(setting.withinNoise().orElseThrow(), setting.settings()::toString);
      }
    }
  }

  @Test
  void bothLandscapesHaveTheSameTilesOnOneScaleAndNoiseIsGrey() {
    Figure figure =
        new ComparedMap(pair(study("one", "0.001", 1), study("other", "0.01", 3)), true)
            .figure("x", Format.TWO_COLUMNS);
    List<String> words = FoundSamples.words(figure);
    assertEquals(3 * 12, words.size());
    assertEquals(12, words.stream().filter(one -> one.startsWith("one, ")).count());
    assertTrue(
        words.stream()
            .anyMatch(one -> one.matches(".*: difference \\+\\d+ % \\[\\+\\d+, \\+\\d+\\]")),
        words::toString);
    assertTrue(words.stream().anyMatch(one -> one.endsWith(", within noise")), words::toString);
    assertTrue(words.stream().anyMatch(one -> one.endsWith(": not learned in both")));
    assertTrue(figure.svg().contains("fill=\"" + Theme.OVER + "\""), "grey tiles");
    assertTrue(
        figure
            .caption()
            .contains(" of 10 settings whose noise is known differ by more than noise"));
  }

  /// Seven levels are too many for a matrix each.
  @Test
  void aTileOfSeveralSettingsSaysHowManyAndWhetherEachIsWithinNoise() {
    List<String> words =
        FoundSamples.words(
            new ComparedMap(pair(batches("one", 1), batches("same", 2)), true)
                .figure("x", Format.TWO_COLUMNS));
    assertTrue(words.stream().anyMatch(one -> one.contains(" %, mean of 7")), words::toString);
    assertTrue(words.stream().noneMatch(one -> one.contains("not known")), words::toString);
  }

  private static ComparedStudy batches(String name, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return ComparedStudy.of(
        name,
        "",
        Runs.set(
            Runs.grid(
                Runs.space(
                    Map.entry("model", List.of("vae")),
                    Map.entry("latent", List.of("10", "50")),
                    Map.entry("learning-rate", List.of("0.001", "0.01")),
                    Map.entry("batch", List.of("1", "2", "4", "8", "16", "32", "64"))),
                3,
                (_, _) -> .01 * Math.exp(NOISE * random.nextGaussian()))));
  }

  private static StudyFacts of(String name, String genes) {
    SequencedMap<String, String> data = new LinkedHashMap<>(Map.of("data.select.keep", genes));
    return StudyFacts.ofStudy(name, List.of(), List.of(), data);
  }

  /// A loss of 3,000 genes is not the loss of 5,000.
  @Test
  void heightsOfLossesOfOtherGenesAreNotCompared() {
    assertTrue(StudyFacts.ofOneData(List.of(of("one", "5000"), of("other", "5000"))));
    List<StudyFacts> apart = List.of(of("one", "5000"), of("other", "3000"));
    assertFalse(StudyFacts.ofOneData(apart));
    List<ComparedStudy> studies = List.of(study("one", "0.001", 1), study("other", "0.001", 3));
    AgreementText text = new AgreementText(apart, List.of(Runs.LOSS), StudyAgreement.of(studies));
    assertTrue(text.sentences().contains(ComparedMap.OTHER_DATA), text.sentences()::toString);
    LandscapePair pair = pair(studies.getFirst(), studies.getLast());
    Figure figure = new ComparedMap(pair, false).figure("x", Format.TWO_COLUMNS);
    assertTrue(figure.caption().contains(ComparedMap.OTHER_DATA), figure.caption());
  }

  @Test
  void thePageSaysWhatFlipsFirstAndNeedsNothingElse(@TempDir Path folder) throws IOException {
    List<ComparedStudy> studies =
        List.of(study("one<script>", "0.001", 1), study("other", "0.01", 3));
    CompareReport.write(folder, text(studies), LandscapePair.all(studies));
    String html = Files.readString(folder.resolve("compare.html"));
    assertFalse(html.contains("<script>"), "a name is text");
    assertTrue(html.contains("one&lt;script&gt; · other</h1>"));
    String rest = html.replace("http://www.w3.org/2000/svg", "");
    assertFalse(rest.contains("http:") || rest.contains("https:") || rest.contains("src="));
    int flips = html.indexOf("Conclusions that flip");
    assertTrue(flips > 0 && flips < html.indexOf("<figure"));
    assertTrue(html.contains("Are the same settings good?"));
    assertTrue(
        html.contains("<li dir=\"auto\">one&lt;script&gt;: a table of"), "each study a line");
    Path svg = folder.resolve("figures/compare-1-vae.svg");
    byte[] before = Files.readAllBytes(svg);
    CompareReport.write(folder, text(studies), LandscapePair.all(studies));
    assertArrayEquals(before, Files.readAllBytes(svg));
    assertTrue(Files.exists(folder.resolve("figures/compare-1-vae.png")));
  }
}
