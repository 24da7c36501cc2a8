package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.study.Metric;

class SharePlotTest {
  private static final Pattern SMALL = Pattern.compile("(\\d+) interactions? below 0.5 %");
  private static final Pattern BEYOND = Pattern.compile("(\\d+) rows? beyond the 14 of a panel");

  private static Sensitivity found(
      SequencedMap<String, List<String>> space, List<String> readings, Runs.Outcome outcome) {
    return Sensitivity.of(
        new RunSet(
            "made up",
            1,
            Runs.grid(space, 2, outcome),
            readings,
            true,
            List.of(),
            OptionalInt.empty(),
            List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, false))));
  }

  private static SharePlot plot(List<String> models, List<String> norms) {
    Sensitivity found =
        found(
            Runs.space(
                Map.entry("model", models),
                Map.entry("norm", norms),
                Map.entry("latent", List.of("10", "50")),
                Map.entry("batch", List.of("100", "200"))),
            List.of("norm"),
            (cell, repeat) -> 1 + (cell.hashCode() % 7 + 7) % 7 + 0.1 * repeat);
    return SharePlot.of(found, Runs.LOSS).orElseThrow();
  }

  @Test
  void panelsAreCalledByWhatTellsThemApart() {
    SharePlot readings = plot(List.of("vae"), List.of("batch", "none"));
    assertEquals(List.of("norm batch", "norm none"), List.copyOf(readings.panels().keySet()));
    assertEquals("val_mse: what its variation comes from (vae)", readings.title());
    SharePlot models = plot(List.of("vae", "iwae"), List.of("batch"));
    assertEquals(List.of("vae", "iwae"), List.copyOf(models.panels().keySet()));
    assertEquals("val_mse: what its variation comes from", models.title());
    SharePlot alone = plot(List.of("vae"), List.of("batch"));
    assertEquals(List.of("vae"), List.copyOf(alone.panels().keySet()));
  }

  private static Sensitivity failing(String... models) {
    return found(
        Runs.space(
            Map.entry("model", List.of(models)),
            Map.entry("latent", List.of("10", "50")),
            Map.entry("rate", List.of("1", "2"))),
        List.of(),
        (cell, _) ->
            "1".equals(cell.get("rate")) && !"vae50".equals(cell.get("model") + cell.get("latent"))
                ? 1
                : Double.NaN);
  }

  /// What all runs together depend on is no row of a single model's panel.
  @Test
  void panelsHaveNoRowsThatStayEmpty() {
    SharePlot plot = SharePlot.ofFailures(failing("vae", "iwae")).orElseThrow();
    assertTrue(plot.panels().containsKey("all runs"), plot.panels().keySet()::toString);
    for (Format format : Format.values()) {
      Figure figure = plot.figure("failures", format);
      List<String> words = DrawnCanvas.of(figure).words();
      assertEquals(1, Collections.frequency(words, "model"), words::toString);
      assertEquals(3, plot.panels().size());
      long axes = Collections.frequency(words, "share of the variation (%)");
      assertEquals(2, axes, "one of both models, one of all runs");
    }
  }

  private static int number(Pattern pattern, String caption) {
    Matcher matcher = pattern.matcher(caption);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static int parts(Sensitivity found) {
    List<EffectShare> parts =
        found.effects().stream()
            .filter(one -> one.isPart() && one.metric().equals(Runs.LOSS))
            .filter(one -> Double.isFinite(one.estimate()))
            .toList();
    EffectShare first = parts.getFirst();
    return parts.stream()
        .filter(one -> one.scale() == first.scale() && one.method().equals(first.method()))
        .toList()
        .size();
  }

  private static SequencedMap<String, List<String>> sixSettings() {
    List<String> levels = List.of("1", "2");
    return Runs.space(
        Map.entry("model", List.of("vae")),
        Map.entry("a", levels),
        Map.entry("b", levels),
        Map.entry("c", levels),
        Map.entry("d", levels),
        Map.entry("e", levels),
        Map.entry("f", levels));
  }

  @Test
  void saysHowManySharesAreNotDrawn() {
    Sensitivity wild =
        found(
            sixSettings(),
            List.of(),
            (cell, repeat) ->
                1 + new SplittableRandom(cell.toString().hashCode()).nextDouble() + .001 * repeat);
    Sensitivity plain =
        found(
            sixSettings(),
            List.of(),
            (cell, repeat) -> Double.parseDouble(cell.getOrDefault("a", "")) + .001 * repeat);
    assertTrue(number(BEYOND, everyShareCounts(wild)) > 0);
    assertTrue(number(SMALL, everyShareCounts(plain)) > 0);
    String all =
        plot(List.of("vae"), List.of("batch")).figure("shares", Format.ONE_COLUMN).caption();
    assertFalse(all.contains("Not drawn"), all);
  }

  /// The caption of a figure whose shares, drawn and not, are all that were found.
  private static String everyShareCounts(Sensitivity found) {
    Figure figure =
        SharePlot.of(found, Runs.LOSS).orElseThrow().figure("shares", Format.TWO_COLUMNS);
    int drawn = figure.svg().split("<g><title>", -1).length - 1;
    int left = number(SMALL, figure.caption()) + number(BEYOND, figure.caption());
    assertEquals(parts(found), drawn + left, figure::caption);
    return figure.caption();
  }
}
