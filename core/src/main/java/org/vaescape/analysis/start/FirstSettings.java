package org.vaescape.analysis.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.user.UserWords;

/// Which setting to start from, and which ones to try first where there is no time for many.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param scale of the differences
/// @param cells settings, all of which were tried in every repeat
/// @param trials empty where fewer than two settings learned, or three or fewer were tried
public record FirstSettings(
    String scope,
    String metric,
    Scale scale,
    int cells,
    int repeats,
    StartSetting start,
    Optional<FirstTrials> trials) {
  /// Empty where the landscape is no grid, or no setting learned in every repeat.
  public static Optional<FirstSettings> of(Landscape landscape, RunSet.Outcome outcome) {
    return Losses.of(landscape, outcome)
        .flatMap(TriedLosses::of)
        .filter(tried -> tried.size() > 1)
        .map(FirstSettings::of);
  }

  private static FirstSettings of(TriedLosses tried) {
    double best = RepeatPairs.mean(tried.judgedBest(tried.all()));
    Yardstick yardstick = Yardstick.of(tried, best);
    Scale scale = Yardstick.scale(tried);
    SeedTolerance tolerance = SeedTolerance.of(tried);
    FirstChoice choice = FirstChoice.of(tried, tolerance, yardstick.failures(), scale);
    return new FirstSettings(
        tried.losses().landscape().scope().text(),
        tried.losses().outcome().metric(),
        scale,
        tried.size(),
        tried.repeats(),
        StartSetting.of(tried, tolerance, choice, scale, yardstick.reference() - best),
        FirstTrials.of(tried, choice, scale));
  }

  public List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    claims.add(startClaim());
    trials.map(this::trialsClaim).ifPresent(claims::add);
    return claims;
  }

  private Claim startClaim() {
    String judged =
        repeats > 1
            ? ", chosen on all repeats but one and judged on the one left, each in turn; the best of all so chosen has %s. %s of %s choices name this setting."
                .formatted(
                    Digits.three(start.best(), start.outcome()), start.same(), start.choices())
            : "; the best of all has %s.".formatted(Digits.three(start.best(), start.outcome()));
    return claim(
            "start",
            "%s: %s: %s %s%s%s"
                .formatted(
                    scope,
                    start.alike() == 1
                        ? "no setting but %s is %s"
                            .formatted(Digits.settings(start.settings()), start.within())
                        : "of %s settings %s, %s has the best neighbours"
                            .formatted(
                                start.alike(), start.within(), Digits.settings(start.settings())),
                    metric,
                    Digits.three(start.outcome(), start.best()),
                    judged,
                    swings()),
            start.difference(),
            start.interval(),
            start.probability(),
            start.alwaysBest() ? StartSetting.ITSELF : RepeatPairs.NOTHING_VARIES)
        .naming(Digits.settings(new TreeMap<>(start.settings())));
  }

  /// ` Another latent loses at most 0.4 % (200), another optimizer ...`
  private String swings() {
    return start.swings().isEmpty()
        ? ""
        : start.swings().stream()
            .map(swing ->
                "%s %s (%s)".formatted(swing.variable(), size(swing.loss()), swing.worst()))
            .collect(
                Collectors.joining(
                    ", ", " What the worst level loses more, all else equal: ", "."));
  }

  /// `4.1 %`, of a difference of losses.
  public String size(double difference) {
    return scale == Scale.LOG ? Words.change(Math.expm1(difference)) : Digits.three(difference);
  }

  private Claim trialsClaim(FirstTrials trials) {
    return claim(
            "first-settings",
            "%s: of the %s settings %s the best comes to %s %s, of %s at random to %s%s."
                .formatted(
                    scope,
                    trials.settings().size(),
                    trials.settings().stream()
                        .map(Digits::settings)
                        .collect(Collectors.joining("; ")),
                    metric,
                    Digits.three(trials.best(), trials.random()),
                    trials.settings().size(),
                    Digits.three(trials.random(), trials.best()),
                    repeats > 1
                        ? "; chosen on all repeats but one and judged on the one left, each in turn"
                        : ""),
            trials.difference(),
            trials.interval(),
            trials.probability(),
            RepeatPairs.NOTHING_VARIES)
        .naming(
            trials.settings().stream()
                .map(settings -> Digits.settings(new TreeMap<>(settings)))
                .sorted()
                .collect(Collectors.joining("; ")));
  }

  /// @param noInterval why there is none of several repeats
  private Claim claim(
      String name,
      String sentence,
      double difference,
      Optional<Interval> interval,
      OptionalDouble probability,
      String noInterval) {
    return new Claim(
            name + "/" + scope + "/" + metric,
            sentence,
            metric,
            scope,
            OptionalDouble.of(difference),
            interval,
            probability,
            cells * repeats,
            probability.isPresent()
                ? Claim.Verdict.of(probability.getAsDouble())
                : Claim.Verdict.UNDECIDED,
            List.of(),
            repeats == 1 ? UserWords.ONE_SEED : interval.isPresent() ? "" : noInterval)
        .asFound();
  }
}
