package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Scope;

/// What a study answers to whoever reads no more than three sentences: what matters most and how
/// much, what to choose, and what fails or is not known. Each has an interval, or why there is
/// none, and what it hangs on.
///
/// @param sentences at most three
public record Answer(List<String> sentences) {
  public Answer {
    sentences = List.copyOf(sentences);
  }

  /// Of all runs together where they are compared, else of the models that have an answer.
  public static Answer of(ReportInput input) {
    return of(input, StudyCells.of(input));
  }

  static Answer of(ReportInput input, StudyCells study) {
    Summary summary = new Summary(study);
    if (input.found().isEmpty()) {
      return new Answer(summary.counts());
    }
    FirstOutcomes first = FirstOutcomes.of(input.found().get());
    String counts =
        input
            .table()
            .map(table -> new TableSummary(study, table).counts())
            .orElseGet(() -> String.join(" ", summary.counts().stream().limit(2).toList()));
    List<String> sentences = new ArrayList<>();
    sentences.add(matters(first));
    choice(first, input.table().isPresent() ? Optional.empty() : best(study), summary)
        .ifPresent(sentences::add);
    sentences.add(doubts(first, counts));
    return new Answer(sentences);
  }

  /// The best setting of all models that learned in every repeat; empty where readings, which are
  /// not ranked, differ, or nothing learned.
  static Optional<CellSummary> best(StudyCells study) {
    return study.byReading().size() > 1
        ? Optional.empty()
        : study.models().stream()
            .flatMap(model -> Summary.best(study.where(StudyCells.MODEL, model)).stream())
            .min(Comparator.comparingDouble(Summary::mse));
  }

  private static String matters(FirstOutcomes first) {
    ShareGists shares = new ShareGists(first);
    List<Gist> said = together(shares.largest());
    if (said.isEmpty()) {
      return first.metrics().isEmpty()
          ? "Which setting matters most is not known: no run learned anything, so that there is no outcome to explain."
          : "Which setting matters most is not known: these runs give no share of variation.";
    }
    if (said.size() > 1) {
      return GistSentence.of(
              "What matters most, by share of the variation (brackets: 95 % intervals)",
              said, first.found().designs().size())
          .orElseThrow();
    }
    Gist gist = said.getFirst();
    if (gist.claim().isEmpty()) {
      return "What matters for %s is %s: %s, as a share of its variation (no interval)."
          .formatted(first.metrics().get(gist.scope()), gist.what(), gist.number());
    }
    Claim claim = gist.claim().get();
    String interval =
        claim
            .interval()
            .map(bounds -> "95 % interval " + Words.of(bounds))
            .orElse("no interval: " + claim.reason().replaceFirst("[:;].*", ""));
    String share = Words.percent(Math.max(claim.estimate().orElse(0), 0));
    String what =
        claim.verdict() == Claim.Verdict.SUPPORTED
            ? "What matters most is %s: by itself it accounts for %s (%s) of the variation of %s in %s"
            : "What matters most is not settled: %s comes first with %s (%s) of the variation of %s in %s";
    return what.formatted(gist.what(), share, interval, claim.metric(), gist.scope())
        + shares.together(claim).map(more -> "; " + more + " together").orElse("")
        + hanging(claim, gist)
        + ".";
  }

  /// What a claim hangs on: ways of looking in which it does not hold, and its doubts.
  private static String hanging(Claim claim, Gist gist) {
    List<String> parts = new ArrayList<>();
    claim
        .robustness()
        .ifPresent(ways ->
            parts.add(
                ways.robust()
                    ? "this holds in all %s ways of looking at the runs".formatted(ways.views())
                    : "this holds in %s of %s ways of looking at the runs"
                        .formatted(ways.agreeing(), ways.views())));
    String doubt = claim.interval().isPresent() ? claim.reason() : gist.doubt();
    boolean said = !doubt.isEmpty() || claim.verdict() != Claim.Verdict.SUPPORTED;
    parts.add(said ? doubt : gist.standing());
    parts.removeIf(String::isEmpty);
    return parts.isEmpty() ? "" : "; " + String.join("; ", parts);
  }

  /// What to start from and where it is safe, with the best setting beside PCA.
  private static Optional<String> choice(
      FirstOutcomes first, Optional<CellSummary> best, Summary summary) {
    List<String> parts = new ArrayList<>();
    start(first).ifPresent(parts::add);
    best.ifPresent(cell -> parts.add(besidePca(cell, summary)));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    parts.add(safe(first));
    return Optional.of(Words.capital(String.join("; ", parts)) + ".");
  }

  private static Optional<String> start(FirstOutcomes first) {
    List<Gist> all = together(new AdviceGists(first).judged(Advice.START));
    if (all.size() != 1) {
      return GistSentence.of("start from", all, first.found().designs().size())
          .map(sentence -> sentence.substring(0, sentence.length() - 1));
    }
    Gist gist = all.getFirst();
    List<String> known = new ArrayList<>(List.of(gist.number(), gist.standing(), gist.doubt()));
    known.removeIf(String::isEmpty);
    return Optional.of(
        "start from "
            + gist.what()
            + ", by "
            + first.metrics().get(gist.scope())
            + (known.isEmpty() ? "" : " (" + String.join("; ", known) + ")"));
  }

  private static String besidePca(CellSummary cell, Summary summary) {
    long better =
        cell.complete().stream()
            .filter(trial -> trial.metric("val_mse") < trial.metric("pca_mse"))
            .count();
    boolean pca =
        cell.complete().stream().allMatch(trial -> Double.isFinite(trial.metric("pca_mse")));
    String repeats = Numbers.count(cell.complete().size(), "repeat");
    return "the lowest val_mse is that of %s%s: R² %s%s (no interval: the same runs chose it)"
        .formatted(
            cell.setting(StudyCells.MODEL),
            summary.place(cell).isEmpty() ? "" : " at " + summary.place(cell),
            Summary.r2(cell),
            pca
                ? " against %s of PCA with as many components, better than PCA in %s of %s"
                    .formatted(
                        Numbers.fixed(cell.mean(trial -> trial.metric("pca_r2"))), better, repeats)
                : "");
  }

  /// Regions that repeats which did not choose them support.
  private static String safe(FirstOutcomes first) {
    List<Claim> regions = first.claims("safe-region/").toList();
    List<String> supported =
        regions.stream()
            .filter(claim -> claim.verdict() == Claim.Verdict.SUPPORTED)
            .map(claim -> claim.answer() + " in " + claim.scope())
            .toList();
    if (!supported.isEmpty()) {
      return "safe, by repeats that did not choose it: " + GistSentence.named("; ", supported);
    }
    List<String> asked =
        together(regions, Claim::scope).stream()
            .filter(claim -> claim.estimate().isPresent())
            .map(claim ->
                "%s in %s".formatted(Words.percent(claim.estimate().getAsDouble()), claim.scope()))
            .toList();
    return "no region is shown to be safe"
        + (asked.isEmpty()
            ? ""
            : ": of boxes of settings that some repeats find as good as the best, others confirm "
                + GistSentence.named(", ", asked)
                + " on average: too rarely, or by too few repeats, to rely on");
  }

  /// Where runs fail or learn nothing, which are counts and no estimates, and what to run before
  /// more can be said.
  private static String doubts(FirstOutcomes first, String counts) {
    List<String> counted = new ArrayList<>();
    boolean brief = true;
    for (String kind : List.of("failures/", "unlearned/")) {
      List<Claim> own = together(first.claims(kind).toList(), Claim::scope);
      own.forEach(claim -> counted.add(firstSentence(claim)));
      brief &= own.size() <= 1;
    }
    List<Gist> next = new AdviceGists(first).next();
    String open =
        GistSentence.of("not known yet", together(next), first.found().designs().size())
            .map(sentence -> "; " + sentence.substring(0, sentence.length() - 1))
            .orElse("");
    String what =
        counted.isEmpty() || !brief
            ? counts.substring(0, counts.length() - 1)
            : String.join("; ", counted) + " (counts of these runs, not estimates)";
    return Words.capital(what) + open + ".";
  }

  /// Up to its first full stop, without the scope of all runs, which needs no name.
  private static String firstSentence(Claim claim) {
    int end = claim.sentence().indexOf(". ");
    String all = end < 0 ? claim.sentence() : claim.sentence().substring(0, end);
    String said = all.endsWith(".") ? all.substring(0, all.length() - 1) : all;
    String scope = claim.scope() + ": ";
    return Scope.together(claim.scope()) && said.startsWith(scope)
        ? said.substring(scope.length())
        : said;
  }

  private static List<Gist> together(List<Gist> all) {
    return together(all, Gist::scope);
  }

  /// Those of all runs together, if there are any; else all.
  private static <T> List<T> together(List<T> all, Function<T, String> scope) {
    List<T> own = all.stream().filter(one -> Scope.together(scope.apply(one))).toList();
    return own.isEmpty() ? all : own;
  }
}
