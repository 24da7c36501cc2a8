package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.start.FirstTrials;
import org.vaescape.analysis.start.StartSetting;
import org.vaescape.analysis.user.UserSensitivity;

/// Where to start, and what to try first with few runs.
record StartAdvice(Grounds grounds, Findings found) {
  /// What somebody has who has no time for a grid.
  private static final int FEW_RUNS = 20;

  private static final String CLAIM = "start";
  private static final String[] EVIDENCE = {CLAIM, "safe-region", "best-model"};
  private static final String BEST_SETTING = "best-setting";

  List<Advice> all() {
    if (found.first().isPresent()) {
      FirstSettings first = found.first().get();
      List<Advice> all = new ArrayList<>(List.of(start(first)));
      first.trials().map(this::trials).ifPresent(all::add);
      return all;
    }
    if (found.noise().isEmpty() || grounds.landscape().variables().isEmpty()) {
      return List.of(); // nothing learned, or nothing varied, of which the failures speak
    }
    return found
        .noise()
        .flatMap(SeedNoise::twoBest)
        .map(this::ofNoGrid)
        .or(() -> Optional.of(noneLearnedAlways()))
        .stream()
        .toList();
  }

  private Advice start(FirstSettings first) {
    StartSetting start = first.start();
    String settings = Digits.settings(start.settings());
    boolean best =
        found.felt().filter(felt -> felt.bestSettings().equals(start.settings())).isPresent();
    String name = "%s: %s %s".formatted(settings, found.metric(), three(start.outcome(), start));
    String rival =
        best
            ? ""
            : ", %s (%s), with better neighbours"
                .formatted(upTo(start.within()), three(start.best(), start));
    String sentence =
        grounds.oneRepeat()
            ? "In this one seed start from %s%s.%s"
                .formatted(name, best ? ", the best" : rival, around(start))
            : "Start from %s, %sin %s of %s choices%s.%s"
                .formatted(
                    name,
                    best ? "the best " : "chosen ",
                    start.same(),
                    start.choices(),
                    rival,
                    around(start));
    List<String> because = new ArrayList<>();
    if (!start.brinks().isEmpty()) {
      because.add(
          start.brinks().stream()
              .map(View.Level::text)
              .collect(
                  Collectors.joining(
                      " and at ", "one step away runs fail or learn nothing, at ", "")));
    }
    String edges = edges(start);
    if (!edges.isEmpty()) {
      because.add("at an edge of what was tried: " + edges);
    }
    if (start.choices() > 0 && !start.stable()) {
      because.add("most choices name other settings, so that it is hardly told from them");
    }
    String named =
        grounds.oneRepeat()
            ? ""
            : ", named by %s of %s choices".formatted(start.same(), start.choices());
    Brief brief =
        Brief.of(settings, Digits.three(start.outcome(), start.best()) + named)
            .doubted(best ? "" : "%s, whose neighbours are worse".formatted(upTo(start.within())));
    // Where every choice is the best its claim decides nothing, and speaks against no start.
    return start.alwaysBest()
        ? grounds.counted(found.metric(), Advice.START, sentence, because, EVIDENCE).inShort(brief)
        : grounds
            .advice(found.metric(), Advice.START, sentence, because, EVIDENCE)
            .inShort(brief.judgedBy(grounds.claimId(CLAIM, found.metric())));
  }

  /// The outcome of the start or of the best, told apart from the other one, where they differ, and
  /// else from the reference: of both, the wider range would leave the two fewer digits.
  private String three(double outcome, StartSetting start) {
    return start.outcome() == start.best()
        ? Digits.three(outcome, reference())
        : Digits.three(outcome, start.outcome(), start.best());
  }

  /// What needs no tuning; `NaN` if there is none.
  private double reference() {
    return found.felt().map(UserSensitivity::referenceOutcome).orElse(Double.NaN);
  }

  /// `learning-rate 0.1, latent 10`, unless the other levels do as well.
  private String edges(StartSetting start) {
    return grounds.landscape().variables().stream()
        .filter(Variable::numeric)
        .filter(variable -> found.side(variable).filter(SafeRegion.Side::all).isEmpty())
        .map(variable ->
            new View.Level(variable.name(), start.settings().getOrDefault(variable.name(), "")))
        .filter(level -> {
          List<String> levels =
              grounds.landscape().variable(level.variable()).orElseThrow().levels();
          return level.level().equals(levels.getFirst()) || level.level().equals(levels.getLast());
        })
        .map(View.Level::text)
        .collect(Collectors.joining(", "));
  }

  /// Whether settings like it do as well, as a sentence.
  private String around(StartSetting start) {
    return found
        .region()
        .filter(_ -> grounds.oneRepeat() || found.safe())
        .filter(region -> region.cells() > 1)
        .filter(region ->
            region.sides().stream()
                .allMatch(side ->
                    side.levels().contains(start.settings().getOrDefault(side.variable(), ""))))
        .map(region ->
            " Settings around it do as well: %s (%s of %s)."
                .formatted(region.words(), region.cells(), region.of()))
        .orElse("");
  }

  private Advice trials(FirstTrials trials) {
    String named =
        IntStream.range(0, trials.settings().size())
            .mapToObj(i -> (i + 1) + ") " + Digits.settings(trials.settings().get(i)))
            .collect(Collectors.joining("; "));
    int tried = found.first().orElseThrow().cells();
    boolean few = tried < FEW_RUNS;
    return grounds.advice(
        found.metric(),
        Advice.FIRST_SETTINGS,
        "%s%s: %s. The best of them comes to %s %s, of as many at random to %s%s. Spend %s round the best of them%s."
            .formatted(
                grounds.oneRepeat() ? "In this one seed: " : "",
                few
                    ? "%sf the %s settings that were tried, try these first"
                        .formatted(grounds.oneRepeat() ? "o" : "O", tried)
                    : "%sith %s runs, try these first"
                        .formatted(grounds.oneRepeat() ? "w" : "W", FEW_RUNS),
                named,
                found.metric(),
                Digits.three(trials.best(), trials.random()),
                Digits.three(trials.random(), trials.best()),
                ofTwenty(),
                few
                    ? "further runs"
                    : "the other %s runs".formatted(FEW_RUNS - trials.settings().size()),
                few ? ", between and beyond these levels" : ""),
        List.of("on other data the best may lie further away than one level"),
        "first-settings",
        "user/budget");
  }

  private String ofTwenty() {
    return found
        .felt()
        .map(felt -> felt.costs().getFirst().expectedBest())
        .filter(curve -> curve.size() >= FEW_RUNS)
        .map(curve ->
            ", of %s at random to %s"
                .formatted(FEW_RUNS, Digits.three(curve.get(FEW_RUNS - 1), curve.getFirst())))
        .orElse("");
  }

  /// Settings that are no grid have no neighbours.
  private Advice ofNoGrid(Separation two) {
    SequencedMap<String, String> best = two.better();
    return grounds
        .advice(
            found.metric(),
            Advice.START,
            "%s from %s, the best of the settings that were tried.%s"
                .formatted(
                    grounds.oneRepeat() ? "In this one seed start" : "Start",
                    Digits.rounded(best),
                    two.estimate().isPresent()
                        ? " On other repeats the outcome of the next one %s."
                            .formatted(two.words("it"))
                        : ""),
            List.of("settings between those that were tried are not known"),
            BEST_SETTING)
        .inShort(
            Brief.of(Digits.rounded(best), "the best that was tried")
                .judgedBy(grounds.claimId(BEST_SETTING, found.metric())));
  }

  private Advice noneLearnedAlways() {
    return grounds
        .advice(
            found.metric(),
            Advice.NEXT,
            "Start from none of these settings: fewer than two learned in every repeat. Find out first why (see where runs fail).",
            List.of(),
            "unlearned",
            "failures",
            "seed-noise")
        .inShort(
            Brief.of(
                "start from none of these settings", "fewer than two learned in every repeat"));
  }

  /// `within seed noise of the best` of the longer words.
  static String upTo(String within) {
    int detail = within.indexOf(" (");
    return detail < 0 ? within : within.substring(0, detail);
  }
}
