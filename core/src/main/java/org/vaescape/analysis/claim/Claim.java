package org.vaescape.analysis.claim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.Interval;

/// A sentence about the hyper-parameters, with what it rests on.
///
/// @param id stable name, unique within a study: `importance/vae/val_mse`
/// @param sentence what is claimed, in words, with its numbers
/// @param answer what it names where claims of this id can name different things, such as the
///   hyper-parameter that matters most: two studies that support one id agree if they name the
///   same, whatever the order of their columns. Empty where the id says it all
/// @param metric name of the outcome; empty where the claim is about none
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param estimate the number that the claim is about; empty where it cannot be estimated
/// @param interval of the estimate; empty where none holds
/// @param probability that the claim holds, of the noise of repeats alone; empty where repeats do
///   not tell
/// @param trials runs it rests on
/// @param overturnedBy changes that make it false, as [Robustness#overturnedBy]
/// @param reason why something is empty or undecided, or what else may make the claim wrong; empty
///   if nothing is
/// @param robustness the answers of all ways of looking; empty of claims that are not tried in them
/// @param kind whether its sentence says what is asked, that this is not so, or only what was found
public record Claim(
    String id,
    String sentence,
    String answer,
    String metric,
    String scope,
    OptionalDouble estimate,
    Optional<Interval> interval,
    OptionalDouble probability,
    int trials,
    Verdict verdict,
    List<String> overturnedBy,
    String reason,
    Optional<Robustness> robustness,
    Kind kind) {
  /// The reason of a count.
  public static final String COUNT = "a count of these runs, not an estimate";

  public Claim {
    overturnedBy = List.copyOf(overturnedBy);
  }

  /// A claim that names nothing, asks something, and is not tried in every way of looking.
  public Claim(
      String id,
      String sentence,
      String metric,
      String scope,
      OptionalDouble estimate,
      Optional<Interval> interval,
      OptionalDouble probability,
      int trials,
      Verdict verdict,
      List<String> overturnedBy,
      String reason) {
    this(
        id,
        sentence,
        "",
        metric,
        scope,
        estimate,
        interval,
        probability,
        trials,
        verdict,
        overturnedBy,
        reason,
        Optional.empty(),
        Kind.ASKED);
  }

  /// How many of some runs are of a kind, which is what it is.
  ///
  /// @param runs that were looked at
  public static Claim ofCount(String id, String sentence, String scope, int count, int runs) {
    return new Claim(
            id,
            sentence,
            "",
            scope,
            OptionalDouble.of((double) count / runs),
            Optional.empty(),
            OptionalDouble.empty(),
            runs,
            Verdict.SUPPORTED,
            List.of(),
            COUNT)
        .asCounted();
  }

  /// The sentence as it should be read: it says itself whether these runs support, leave open or
  /// contradict what it names.
  public String words() {
    String start = scope + ": ";
    if (!sentence.startsWith(start)) {
      return sentence;
    }
    String rest = sentence.substring(start.length());
    return switch (ofSentence()) {
      case SUPPORTED -> sentence;
      case UNDECIDED ->
          rest.startsWith("whether") || rest.startsWith("no ")
              ? sentence
              : start + "these runs do not tell whether " + rest;
      case CONTRADICTED -> start + "these runs contradict that " + rest;
    };
  }

  /// How sure [#words] are, in a word: the verdict on the sentence, which a count or measurement
  /// needs none of.
  public String surety() {
    return measured() && verdict == Verdict.SUPPORTED
        ? kind.name().toLowerCase(Locale.ROOT)
        : ofSentence().text();
  }

  /// The verdict is of what is asked, which the sentence may deny.
  private Verdict ofSentence() {
    return kind == Kind.DENIED ? verdict.turned() : verdict;
  }

  /// Whether it is a count or a measurement of which nothing is asked: its numbers may differ from
  /// those of other runs, and neither hold nor flip.
  public boolean measured() {
    return kind == Kind.COUNTED || kind == Kind.MEASURED;
  }

  /// The same claim, with what it names.
  public Claim naming(String named) {
    return with(named, reason, robustness, kind);
  }

  /// The same claim, with the answers of all ways of looking.
  public Claim tried(Robustness ways) {
    return with(answer, reason, Optional.of(ways), kind);
  }

  /// The same claim, with one more reason why it may not hold.
  public Claim because(String further) {
    return with(answer, reason.isEmpty() ? further : reason + "; " + further, robustness, kind);
  }

  /// The same claim, whose sentence says that what is asked is not so.
  public Claim asDenied() {
    return with(answer, reason, robustness, Kind.DENIED);
  }

  /// The same claim, whose sentence says what came out, which is not what is asked where these runs
  /// contradict that.
  public Claim asFound() {
    return verdict == Verdict.CONTRADICTED ? asDenied() : this;
  }

  /// The same count, of which nothing is asked.
  public Claim asCounted() {
    return with(answer, reason, robustness, Kind.COUNTED);
  }

  /// The same measurement, of which nothing is asked.
  public Claim asMeasured() {
    return with(answer, reason, robustness, Kind.MEASURED);
  }

  private Claim with(String named, String because, Optional<Robustness> ways, Kind other) {
    return new Claim(
        id,
        sentence,
        named,
        metric,
        scope,
        estimate,
        interval,
        probability,
        trials,
        verdict,
        overturnedBy,
        because,
        ways,
        other);
  }

  /// What a sentence is to what is asked.
  public enum Kind {
    ASKED,
    DENIED,
    COUNTED,
    MEASURED
  }

  /// What the runs say of a claim.
  public enum Verdict {
    SUPPORTED("supported"),
    CONTRADICTED("contradicted"),
    /// Noise, a missing level or a single repeat leaves it open.
    UNDECIDED("undecided");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    /// On the opposite.
    Verdict turned() {
      return switch (this) {
        case SUPPORTED -> CONTRADICTED;
        case CONTRADICTED -> SUPPORTED;
        case UNDECIDED -> UNDECIDED;
      };
    }

    /// By the least probability that a claim holds: a small one contradicts nothing.
    public static Verdict ofLeast(double probability) {
      return probability >= SURE ? SUPPORTED : UNDECIDED;
    }

    /// By the probability that a claim holds.
    public static Verdict of(double probability) {
      return probability >= SURE ? SUPPORTED : probability <= 1 - SURE ? CONTRADICTED : UNDECIDED;
    }
  }

  /// Of all intervals.
  public static final double CONFIDENCE = 0.95;

  /// Why there is no interval.
  public static final String ONE_REPEAT =
      "one seed: what its noise contributes cannot be told, so no interval holds";

  /// Probability from which on a claim counts as supported, and up to the rest of which as
  /// contradicted: where it is that of a difference, exactly if the difference's interval does not
  /// hold what the claim denies. So of two equal things one is called the better in one of twenty
  /// studies, whichever it is.
  public static final double SURE = (1 + CONFIDENCE) / 2;
}
