package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.start.FirstSettings;

/// What a study comes to, in a sentence for each thing that a user asks first, by the first outcome
/// that the settings of each scope are chosen by. Nothing is in it that no claim or advice says.
///
/// @param metrics that outcome, by scope; none of scopes in which nothing learned
record InShort(Sensitivity found, SequencedMap<String, String> metrics) {
  private static final String TITLE = "In short";

  /// Advice that there is nothing to tune.
  private static final String NOTHING = "Tune nothing";

  /// `from the default it alone lowers val_mse by 49 % [40, 60]`.
  private static final Pattern GAIN =
      Pattern.compile("(?:lowers?|raises?) .*? by ((?:less than )?\\S+(?: %)?(?: \\[[^\\]]*\\])?)");

  /// `it accounts for 43 % [35, 50] of the variation of log loss`.
  private static final Pattern SHARE = Pattern.compile("accounts for (.* of the variation) of");

  private static final String VARIATION = "of the variation";

  /// What to try beyond a range, the last sentence of advice on it.
  private static final Pattern BEYOND = Pattern.compile("\\. ((?:Extend|Try) .*)\\.$");

  static InShort of(Sensitivity found) {
    SequencedMap<String, String> metrics = new LinkedHashMap<>();
    found.noise().forEach(noise -> metrics.putIfAbsent(noise.scope(), noise.metric()));
    return new InShort(found, metrics);
  }

  /// Whether a claim is about a first outcome, or about none.
  boolean first(Claim claim) {
    return first(claim.scope(), claim.metric());
  }

  private boolean first(String scope, String metric) {
    return metric.isEmpty() || metric.equals(metrics.get(scope));
  }

  SensitivityText.Part part() {
    List<String> scopes = found.designs().stream().map(Design::scope).toList();
    List<Gist> tuned = tuned();
    boolean gains = tuned.stream().noneMatch(one -> one.number().endsWith(VARIATION));
    List<String> sentences = new ArrayList<>();
    sentences.addAll(Gist.sentence("Matters most, by share of the variation", shares(), scopes));
    sentences.addAll(Gist.sentence("Start from", starts(), scopes));
    sentences.addAll(
        Gist.sentence(
            gains ? "Tune first, by what it gains over the default" : "Tune first", tuned, scopes));
    sentences.addAll(Gist.sentence("Keep", kept(), scopes));
    sentences.addAll(Gist.sentence("Do not bother with", idle(), scopes));
    boolean ofMetrics = !sentences.isEmpty();
    sentences.addAll(Gist.sentence("Avoid", avoided(), scopes));
    sentences.addAll(Gist.sentence("Next", next(), scopes));
    return SensitivityText.Part.open(ofMetrics ? heading() : TITLE, sentences);
  }

  /// `In short, by val_reconstruction (all runs: val_mse)`.
  private String heading() {
    SequencedMap<String, List<String>> scopes = new LinkedHashMap<>();
    metrics.forEach(
        (scope, metric) -> scopes.computeIfAbsent(metric, _ -> new ArrayList<>()).add(scope));
    String others =
        scopes.entrySet().stream()
            .skip(1)
            .map(one -> String.join("; ", one.getValue()) + ": " + one.getKey())
            .collect(Collectors.joining("; "));
    return "%s, by %s%s%s"
        .formatted(
            TITLE,
            scopes.firstEntry().getKey(),
            others.isEmpty() ? "" : " (" + others + ")",
            found.noise().size() > metrics.size()
                ? ", the first outcome that settings are chosen by"
                : "");
  }

  private List<Gist> shares() {
    List<Gist> all = new ArrayList<>();
    claims("importance/").forEach(claim -> all.add(share(claim)));
    OnlyVariable.shares(found, metrics.values())
        .filter(share -> first(share.scope(), share.metric()))
        .forEach(share ->
            all.add(
                new Gist(
                    share.scope(),
                    share.factors().getFirst(),
                    OnlyVariable.number(share) + ", the only one that varied",
                    Optional.empty())));
    claims("negligible/")
        .forEach(claim -> {
          String most = Words.percent(claim.interval().orElseThrow().high());
          all.add(
              new Gist(
                  claim.scope(),
                  "next to nothing by " + claim.answer(),
                  most.startsWith("less") ? most : "at most " + most,
                  Optional.of(claim)));
        });
    return all;
  }

  private static Gist share(Claim claim) {
    return new Gist(
        claim.scope(),
        claim.answer(),
        Words.percent(Math.max(claim.estimate().orElse(0), 0))
            + claim.interval().map(interval -> " " + Words.of(interval)).orElse(""),
        Optional.of(claim));
  }

  /// Settings that are no grid have no neighbours: of them the best one.
  private List<Gist> starts() {
    List<Gist> all = new ArrayList<>();
    for (Advice advice : advice(Advice.START)) {
      Optional<FirstSettings> first =
          found.firstSettings().stream()
              .filter(one -> first(one.scope(), one.metric()))
              .filter(one -> one.scope().equals(advice.scope()))
              .findFirst();
      first
          .map(own ->
              new Gist(
                  own.scope(),
                  Digits.settings(own.start().settings()),
                  Digits.three(own.start().outcome(), own.start().best())
                      + (own.repeats() == 1
                          ? ""
                          : ", named by %s of %s choices"
                              .formatted(own.start().same(), own.start().choices())),
                  evidence(advice)))
          .or(() -> twoBest(advice.scope()).map(two -> best(advice, two)))
          .ifPresent(all::add);
    }
    return all;
  }

  private Gist best(Advice advice, Separation two) {
    return new Gist(
        advice.scope(), Digits.rounded(two.better()), "the best that was tried", evidence(advice));
  }

  private List<Gist> tuned() {
    List<Gist> all = new ArrayList<>();
    for (Advice advice : advice(Advice.TUNE_FIRST)) {
      Gist gist = Gist.of(advice, "^Tune |(?<=^If anything,) tune", evidence(advice));
      Matcher gain = GAIN.matcher(gist.number());
      Matcher share = SHARE.matcher(gist.number());
      all.add(
          new Gist(
              gist.scope(),
              gist.what()
                  .replaceFirst(" first,", ",")
                  .replaceAll("round (\\S+) \\((\\S+ to \\S+)\\)", "round $1, from $2"),
              gain.find() ? gain.group(1) : share.find() ? share.group(1) : "",
              gist.claim()));
    }
    advice(Advice.DO_NOT_BOTHER).stream()
        .filter(one -> one.sentence().startsWith(NOTHING))
        .forEach(one -> all.add(left(one, "Tune ")));
    return all;
  }

  private List<Gist> kept() {
    return advice(Advice.KEEP).stream()
        .map(one -> left(one, "(?:In this one seed keep|Keep) "))
        .toList();
  }

  private List<Gist> idle() {
    return advice(Advice.DO_NOT_BOTHER).stream()
        .filter(one -> !one.sentence().startsWith(NOTHING))
        .map(one -> left(one, "(?:In this one seed do not|Do not) bother with "))
        .toList();
  }

  /// It may rest on numbers of a claim and not on what that says of them, so that its doubts are
  /// those of the advice.
  private static Gist left(Advice advice, String opening) {
    String doubt =
        Stream.of("one seed", "undecided", "contradict")
            .filter(advice.reason()::contains)
            .findFirst()
            .map(word -> word.equals("contradict") ? "contradicted by other repeats" : word)
            .orElse("");
    return new Gist(
        advice.scope(), Gist.of(advice, opening, Optional.empty()).what(), doubt, Optional.empty());
  }

  /// What holds of all runs together need not be said of each model.
  private List<Gist> avoided() {
    List<Gist> all =
        advice(Advice.AVOID).stream()
            .map(one -> Gist.of(one, "Avoid |Expect ", Optional.empty()))
            .map(gist ->
                new Gist(
                    gist.scope(),
                    gist.what().replaceFirst(" as it was tried$", ""),
                    gist.number()
                        .replace(" runs", "")
                        .replaceFirst("( failed)(?: there|, ).*", "$1"),
                    Optional.empty()))
            .toList();
    List<Gist> together = all.stream().filter(one -> Scope.together(one.scope())).toList();
    Predicate<Gist> said =
        one ->
            !Scope.together(one.scope())
                && together.stream()
                    .anyMatch(other ->
                        Scope.reading(one.scope()).equals(Scope.reading(other.scope()))
                            && (other.what().equals(one.what())
                                || (other.number().endsWith(" failed")
                                    && one.number().endsWith(" failed"))));
    return Stream.concat(together.stream(), all.stream().filter(one -> !together.contains(one)))
        .filter(said.negate())
        .toList();
  }

  private List<Gist> next() {
    List<Gist> all = new ArrayList<>();
    advice(Advice.NEXT).forEach(one -> all.add(Gist.of(one, "", Optional.empty())));
    for (Advice advice : advice(Advice.TUNE_FIRST)) {
      Matcher beyond = BEYOND.matcher(advice.sentence());
      if (beyond.find()) {
        all.add(new Gist(advice.scope(), Gist.small(beyond.group(1)), "", Optional.empty()));
      }
    }
    for (Advice advice : advice(Advice.REPEATS)) {
      Optional<Separation> two = twoBest(advice.scope());
      if (two.isEmpty() || two.get().judging() == 0) {
        all.add(Gist.of(advice, "", Optional.empty()));
      } else if (two.get().needed().isPresent() && undecided(two.get())) {
        all.add(
            new Gist(
                advice.scope(),
                "run more repeats of the two best settings, if they are to be told apart",
                two.get().needed().getAsInt() + " of each",
                Optional.empty()));
      }
    }
    return all;
  }

  private static boolean undecided(Separation two) {
    return two.probability().isPresent()
        && Claim.Verdict.of(two.probability().getAsDouble()) == Claim.Verdict.UNDECIDED;
  }

  private Optional<Separation> twoBest(String scope) {
    return found.noise().stream()
        .filter(one -> one.scope().equals(scope) && first(scope, one.metric()))
        .findFirst()
        .flatMap(SeedNoise::twoBest);
  }

  private Stream<Claim> claims(String kind) {
    return found.claims().stream().filter(claim -> claim.id().startsWith(kind)).filter(this::first);
  }

  private List<Advice> advice(String kind) {
    return found.advice().stream()
        .filter(one -> one.kind().equals(kind))
        .filter(one -> first(one.scope(), one.metric()))
        .toList();
  }

  /// The claim that advice hangs on.
  private Optional<Claim> evidence(Advice advice) {
    return advice.evidence().stream()
        .limit(1)
        .flatMap(id -> found.claims().stream().filter(claim -> claim.id().equals(id)))
        .findFirst();
  }
}
