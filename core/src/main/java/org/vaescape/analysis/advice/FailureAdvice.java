package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.failures.FailingLevels;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.failures.Unlearned;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;

/// Where runs fail or learn nothing, and what to run where nothing can be said yet.
record FailureAdvice(Grounds grounds, Failures failures, Unlearned unlearned) {
  /// An ending of fewer runs than this share needs no advice of its own.
  private static final double MANY = 0.25;

  private static final int MOST_NAMED = 3;
  private static final String NOTHING_VARIED =
      "nothing varied, so that nothing can be said of hyper-parameters";
  private static final String FAILURES = "failures";
  private static final String UNLEARNED = "unlearned";

  /// What to run first.
  List<Advice> next() {
    if (unlearned.learned() == 0) {
      return nothingLearned();
    }
    if (grounds.landscape().grid()) {
      return List.of();
    }
    List<Variable> variables = grounds.landscape().variables();
    String names = variables.stream().map(Variable::name).collect(Collectors.joining(", "));
    return List.of(
        variables.isEmpty()
            ? nothingVaried()
            : grounds
                .advice(
                    "",
                    Advice.NEXT,
                    "Run a grid: every combination of a few levels of %s. The %s settings that were tried are scattered, which mixes what each hyper-parameter does with what the others do."
                        .formatted(names, grounds.landscape().cells()),
                    List.of())
                .inShort(Brief.of("run a grid", "every combination of a few levels of " + names)));
  }

  /// Whatever the repeats: no number of them would tell more.
  private Advice nothingVaried() {
    String order =
        grounds.table()
            ? "vary at least one of the factors, or name a column that did vary"
            : "vary learning-rate, optimizer and latent";
    return new Advice(
        grounds.scope(),
        "",
        Advice.NEXT,
        "%s: %s.".formatted(Words.capital(order), NOTHING_VARIED),
        List.of(),
        "",
        Optional.of(Brief.of(order, NOTHING_VARIED)));
  }

  private List<Advice> nothingLearned() {
    List<Run> runs = grounds.landscape().allRuns();
    List<Advice> all = new ArrayList<>();
    List<Map.Entry<String, Integer>> endings =
        Failures.endings(runs).entrySet().stream()
            .sorted(Comparator.comparingInt((Map.Entry<String, Integer> one) -> -one.getValue()))
            .toList();
    for (Map.Entry<String, Integer> one : endings) {
      if (one.equals(endings.getFirst()) || one.getValue() >= MANY * runs.size()) {
        String ending = one.getKey();
        String order =
            Cure.of(
                    ending,
                    runs.stream().filter(run -> run.ending().equals(ending)).toList(),
                    grounds.table())
                + ", and run again";
        String none = "of %s runs none learned".formatted(runs.size());
        all.add(
            grounds
                .advice(
                    "",
                    Advice.NEXT,
                    "%s: %s (%s %s).".formatted(Words.capital(order), none, one.getValue(), ending),
                    grounds.table()
                        ? List.of()
                        : List.of("the cure is the usual one, not measured here"),
                    UNLEARNED,
                    FAILURES)
                .inShort(Brief.of(order, none)));
      }
    }
    return all;
  }

  /// Levels at which no run learned, and where else runs fail.
  List<Advice> avoid() {
    if (unlearned.learned() == 0) {
      return List.of();
    }
    List<Advice> all = new ArrayList<>();
    unlearned.never().forEach(never -> all.add(avoid(never)));
    elsewhere().ifPresent(all::add);
    return all;
  }

  private Advice avoid(Unlearned.Never never) {
    String name = never.level().variable();
    boolean rate = Role.LEARNING_RATE.is(name);
    String ending = never.ending();
    List<Run> own = never.runs().stream().filter(run -> run.ending().equals(ending)).toList();
    return grounds
        .advice(
            "",
            Advice.AVOID,
            "Avoid %s as it was tried: 0 of %s runs learned (%s).%s"
                .formatted(
                    never.level().text(),
                    never.runs().size(),
                    Failures.words(never.endings()),
                    rate
                        ? ""
                        : " To give it a chance, %s."
                            .formatted(Cure.of(ending, own, grounds.table()))),
            rate ? List.of() : List.of("other settings of it were not tried"),
            UNLEARNED,
            FAILURES)
        .inShort(Brief.of(never.level().text(), "0 of %s learned".formatted(never.runs().size())));
  }

  /// Failed runs beside those at levels at which none learned.
  private Optional<Advice> elsewhere() {
    List<Run> failed =
        grounds.landscape().allRuns().stream().filter(run -> run.fate() == Fate.FAILED).toList();
    List<Run> rest = failed.stream().filter(run -> !atNever(run)).toList();
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> within = FailingLevels.of(grounds.landscape(), rest);
    List<Run> inside =
        grounds.landscape().allRuns().stream()
            .filter(run ->
                within.entrySet().stream()
                    .allMatch(side -> contains(side.getKey(), side.getValue(), run)))
            .toList();
    int ofNever = (int) grounds.landscape().allRuns().stream().filter(this::atNever).count();
    boolean box = !within.isEmpty() && 2 * rest.size() >= inside.size();
    String where =
        within.entrySet().stream()
            .map(side -> words(side.getKey(), side.getValue()))
            .collect(Collectors.joining(", "));
    int others = grounds.landscape().allRuns().size() - ofNever;
    Advice advice =
        grounds.advice(
            "",
            Advice.AVOID,
            box
                ? "Avoid %s: %s of %s runs failed there%s."
                    .formatted(
                        where, rest.size(), inside.size(), Failures.how(Failures.endings(rest)))
                : "Expect failures%s: %s of %s runs failed%s, most often with %s."
                    .formatted(
                        ofNever == 0 ? "" : " elsewhere as well",
                        rest.size(),
                        ofNever == 0 ? others : "the other " + others,
                        where.isEmpty() ? "" : ", all at " + where,
                        worst()),
            List.of(),
            FAILURES);
    return Optional.of(
        box
            ? advice.inShort(
                Brief.of(where, "%s of %s failed".formatted(rest.size(), inside.size())))
            : advice);
  }

  /// Whether it is at a level at which none learned.
  private boolean atNever(Run run) {
    return unlearned.never().stream().anyMatch(never -> never.runs().contains(run));
  }

  /// `latent 10 to 30`, `optimizer adam or rmsprop`.
  private String words(String name, List<String> levels) {
    Variable variable = grounds.landscape().variable(name).orElseThrow();
    if (FailingLevels.drawn(grounds.landscape(), variable)) {
      return FailingLevels.range(variable, levels);
    }
    int first = variable.levels().indexOf(levels.getFirst());
    int last = variable.levels().indexOf(levels.getLast());
    boolean neighbours = variable.numeric() && last - first == levels.size() - 1;
    return new SafeRegion.Side(name, levels, neighbours, false).words();
  }

  private boolean contains(String variable, List<String> levels, Run run) {
    Variable own = grounds.landscape().variable(variable).orElseThrow();
    return levels.contains(own.levels().get(own.level(run)));
  }

  /// Settings of which the largest share of runs failed, beside levels at which none learned.
  private String worst() {
    return failures.cells().stream()
        .filter(cell ->
            unlearned.never().stream()
                .map(Unlearned.Never::level)
                .noneMatch(level ->
                    level.level().equals(cell.settings().getOrDefault(level.variable(), ""))))
        .sorted(
            Comparator.comparingDouble(
                (Failures.Cell cell) -> -(double) cell.failed() / cell.runs()))
        .limit(MOST_NAMED)
        .map(cell ->
            "%s (%s of %s)".formatted(Digits.rounded(cell.settings()), cell.failed(), cell.runs()))
        .collect(Collectors.joining("; "));
  }
}
