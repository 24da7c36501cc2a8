package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.korkic2021.StudyLevels;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.start.StartSetting;
import org.vaescape.analysis.user.TunedGain;

/// What not to bother with, and what to keep: only what is known to change little, not what could
/// not be told.
///
/// @param gains empty where there is no default
record LeaveAdvice(Grounds grounds, Findings found, Optional<Gains> gains) {
  private static final String START = "start";
  private static final String REGION = "safe-region";
  private static final String TUNABILITY = "user/tunability";
  private static final String OTHER_DATA = "on other data another level may be the best";

  /// Empty where it may matter.
  ///
  /// @param first of the same outcome
  Optional<Advice> of(Variable variable, FirstSettings first) {
    boolean worth = gains.filter(known -> gain(known, variable) > known.worth()).isPresent();
    return worth
        ? Optional.empty()
        : byRegion(variable).or(() -> bySwing(variable, first)).or(() -> keep(variable, first));
  }

  /// Alone, or beside another one that is tuned as well.
  private static double gain(Gains known, Variable variable) {
    return Math.max(known.single(variable.name()).gain(), known.mostBeside(variable.name()));
  }

  /// All of its levels are in the safe region.
  private Optional<Advice> byRegion(Variable variable) {
    boolean all = found.side(variable).filter(SafeRegion.Side::all).isPresent();
    if (!all || !(grounds.oneRepeat() || found.safe())) {
      return Optional.empty();
    }
    SafeRegion region = found.region().orElseThrow();
    String others =
        region.sides().stream()
            .filter(side -> !side.variable().equals(variable.name()))
            .map(SafeRegion.Side::words)
            .collect(Collectors.joining(", "));
    return Optional.of(
        grounds
            .advice(
                found.metric(),
                Advice.DO_NOT_BOTHER,
                "%s bother with %s: %sall of %s have %s %s%s."
                    .formatted(
                        doNot(),
                        variable.name(),
                        others.isEmpty() ? "" : "with " + others + " ",
                        String.join(", ", variable.levels()),
                        found.metric(),
                        StartAdvice.upTo(region.within()),
                        size(found)),
                found.width().isPresent()
                    ? List.of("smaller differences than that are not told by these repeats")
                    : List.of(),
                REGION,
                TUNABILITY)
            .inShort(
                Brief.of(variable.name(), "").judgedBy(grounds.claimId(REGION, found.metric()))));
  }

  /// Its worst level loses less than 1 % by 2 standard errors; with one repeat that is not known.
  private Optional<Advice> bySwing(Variable variable, FirstSettings first) {
    double percent = gains.map(Gains::percent).orElse(Math.log1p(Gains.LEAST));
    return first
        .start()
        .swing(variable.name())
        .filter(_ -> gains.isPresent() || first.scale() == Scale.LOG)
        .filter(swing -> swing.most() < percent)
        .map(swing ->
            grounds
                .counted(
                    found.metric(),
                    Advice.DO_NOT_BOTHER,
                    bother(variable, swing, first),
                    List.of("this was measured round the start"),
                    START,
                    TUNABILITY)
                .inShort(
                    Brief.of(
                        variable.name()
                            + (untried(variable, swing).isEmpty()
                                ? ""
                                : " as far as it was tried where you start"),
                        "")));
  }

  private static List<String> untried(Variable variable, StartSetting.Swing swing) {
    return variable.levels().stream().filter(level -> !swing.levels().contains(level)).toList();
  }

  /// Of levels that nobody tried where one starts nothing is known.
  private String bother(Variable variable, StartSetting.Swing swing, FirstSettings first) {
    String size =
        "%s (up to %s by 2 standard errors)"
            .formatted(first.size(swing.loss()), first.size(swing.most()));
    List<String> untried = untried(variable, swing);
    String tried = String.join(", ", swing.levels());
    return untried.isEmpty()
        ? "%s bother with %s: where you start the worst of %s loses %s."
            .formatted(doNot(), variable.name(), tried, size)
        : "%s bother with %s as far as it was tried where you start: the worst of %s loses %s; %s %s not tried there."
            .formatted(
                doNot(),
                variable.name(),
                tried,
                size,
                StudyLevels.and(untried),
                untried.size() == 1 ? "was" : "were");
  }

  /// The default is right, though other levels do worse: tuning gains less than 1 %, alone and
  /// beside any other one.
  private Optional<Advice> keep(Variable variable, FirstSettings first) {
    String name = variable.name();
    String level = found.felt().map(felt -> felt.defaults().getOrDefault(name, "")).orElse("");
    if (gains.isEmpty() || !level.equals(first.start().settings().getOrDefault(name, ""))) {
      return Optional.empty();
    }
    Gains known = gains.get();
    TunedGain own = known.single(name);
    double most = own.interval().map(Interval::high).orElse(own.gain());
    if (Math.max(most, known.mostBeside(name)) >= known.percent()) {
      return Optional.empty();
    }
    return Optional.of(
        grounds
            .counted(
                found.metric(),
                Advice.KEEP,
                "%s %s at %s: from the default, %s.%s"
                    .formatted(
                        grounds.oneRepeat() ? "In this one seed keep" : "Keep",
                        name,
                        level,
                        gained(known, own),
                        first
                            .start()
                            .swing(name)
                            .filter(swing -> swing.difference() >= known.percent())
                            .map(swing ->
                                " Do not take it for unimportant: %s loses %s."
                                    .formatted(swing.worst(), first.size(swing.difference())))
                            .orElse("")),
                because(own, level),
                TUNABILITY,
                START)
            .inShort(Brief.of(name + " at " + level, "").doubted(found.briefOfRates(name, level))));
  }

  /// @param level that is kept
  private List<String> because(TunedGain own, String level) {
    List<String> because = new ArrayList<>(List.of(OTHER_DATA));
    if (own.missing() > 0) {
      because.add(Digits.count(own.missing(), "level") + " of it not tried with the default");
    }
    because.addAll(found.untriedRates(own.factors().getFirst(), level));
    return because;
  }

  /// Where every choice keeps the default there is no number to speak of.
  private static String gained(Gains known, TunedGain own) {
    double beside = known.mostBeside(own.factors().getFirst());
    if (own.gain() == 0 && beside <= 0) {
      return "no other value of it gains anything"
          + (Double.isFinite(beside) ? ", alone or beside another hyper-parameter" : "");
    }
    return "tuning it alone gains "
        + known.words(own)
        + (Double.isFinite(beside)
            ? ", and beside another hyper-parameter at most " + known.fall(beside)
            : "");
  }

  private String doNot() {
    return grounds.oneRepeat() ? "In this one seed do not" : "Do not";
  }

  /// ` (4.1 %)`, of seed noise; empty where it is not known.
  static String size(Findings found) {
    return found
        .width()
        .map(width ->
            " (%s)"
                .formatted(
                    found.region().orElseThrow().scale() == Scale.LOG
                        ? Words.change(Math.expm1(width))
                        : Digits.three(width)))
        .orElse("");
  }
}
