package org.vaescape.analysis.noise;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.vaescape.analysis.Detectable;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.Scale;

/// Whether repeats tell two settings apart, judged by repeats that did not choose them.
///
/// @param better setting that the choosing repeats found better, by what varied
/// @param other the setting that it is compared with
/// @param scale log: the numbers below are ratios of the other's outcome to that of the better one;
///   raw: how much worse the other is, in units of the outcome
/// @param judging repeats that judged
/// @param estimate on the judging repeats; below 1 (raw: 0) if they find the other better
/// @param interval of the true one, given the settings
/// @param probability that the better one is better
/// @param smallest that as many repeats as there are find 4 times of 5, by a two-sided t-test of
///   level 0.05
/// @param needed repeats of each, those that choose among them, that would find the estimate 4
///   times of 5 if it were true; empty where [#MOST_REPEATS] would not
/// @param reason why something is empty; empty if nothing is
public record Separation(
    SequencedMap<String, String> better,
    SequencedMap<String, String> other,
    Scale scale,
    int judging,
    OptionalDouble estimate,
    Optional<Interval> interval,
    OptionalDouble probability,
    OptionalDouble smallest,
    OptionalInt needed,
    String reason) {
  /// More repeats than this nobody runs.
  public static final int MOST_REPEATS = 100;

  public static final double LEVEL = 0.05;
  static final double POWER = 0.8;
  private static final String UNKNOWN_NOISE =
      "no other setting of this optimizer learned in every repeat, so that noise and split cannot be told apart";

  /// Compares two settings that learned in every repeat.
  public static Separation of(
      CellOutcomes outcomes, CellNoise noise, CellOutcomes.Cell better, CellOutcomes.Cell other) {
    Parting parting = Parting.of(outcomes.repeats());
    int judging = parting.judging().length;
    Optional<DifferenceNoise> known = noise.between(better, other);
    if (judging == 0 || known.isEmpty()) {
      return new Separation(
          outcomes.varied(better),
          outcomes.varied(other),
          outcomes.scale(),
          judging,
          judging == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(
                  outcomes.worse(other.mean(parting.judging()) - better.mean(parting.judging()))),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          judging == 0 ? Claim.ONE_REPEAT : UNKNOWN_NOISE);
    }
    OrderingProbability order =
        OrderingProbability.of(
            better.mean(parting.judging()),
            judging,
            other.mean(parting.judging()),
            judging,
            known.get());
    Interval interval = order.interval(Claim.CONFIDENCE);
    Detectable detectable = new Detectable(known.get(), LEVEL, POWER);
    OptionalInt needed =
        order.difference() == 0
            ? OptionalInt.empty()
            : needed(detectable.fewestRepeats(order.difference(), MOST_REPEATS));
    return new Separation(
        outcomes.varied(better),
        outcomes.varied(other),
        outcomes.scale(),
        judging,
        OptionalDouble.of(outcomes.worse(-order.difference())),
        Optional.of(interval)
            .filter(Interval::wide)
            .map(wide -> new Interval(outcomes.worse(-wide.high()), outcomes.worse(-wide.low()))),
        OptionalDouble.of(order.firstIsLower()),
        OptionalDouble.of(outcomes.worse(detectable.smallest(outcomes.repeats()).difference())),
        needed,
        interval.wide() ? "" : RepeatPairs.NOTHING_VARIES);
  }

  /// Whether repeats judged the two and do not tell which one is better.
  public boolean undecided() {
    return probability.isPresent()
        && Claim.Verdict.of(probability.getAsDouble()) == Claim.Verdict.UNDECIDED;
  }

  /// With those that choose.
  private static OptionalInt needed(OptionalInt judging) {
    return judging.isPresent() && Parting.repeatsFor(judging.getAsInt()) <= MOST_REPEATS
        ? OptionalInt.of(Parting.repeatsFor(judging.getAsInt()))
        : OptionalInt.empty();
  }

  /// `is 1.03 times that of the better one [0.99, 1.07]`, or `is worse by 0.012 [0.003, 0.021]`.
  public String words(String ofBetter) {
    if (estimate.isEmpty()) {
      return "is not compared with it";
    }
    String number =
        scale == Scale.LOG
            ? Digits.ratio(estimate.getAsDouble())
            : Digits.three(estimate.getAsDouble());
    String bounds =
        interval
            .map(known -> scale == Scale.LOG ? Digits.ratios(known) : Digits.threes(known))
            .map(text -> " " + text)
            .orElse("");
    return scale == Scale.LOG
        ? "is " + number + bounds + " times that of " + ofBetter
        : "is worse by " + number + bounds + " than that of " + ofBetter;
  }

  /// How many repeats would be enough, as a sentence; empty where noise is not known.
  public String planWords() {
    if (probability.isEmpty()) {
      return "";
    }
    return needed.isPresent()
        ? " Were this the true difference, %s of each, the smaller half to choose, would find it 4 times of 5."
            .formatted(Digits.count(needed.getAsInt(), "repeat"))
        : " Were this the true difference, even %s repeats of each would not find it 4 times of 5."
            .formatted(MOST_REPEATS);
  }
}
