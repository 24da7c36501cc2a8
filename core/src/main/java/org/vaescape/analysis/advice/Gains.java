package org.vaescape.analysis.advice;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.user.GainClaims;
import org.vaescape.analysis.user.TunedGain;
import org.vaescape.analysis.user.UserSensitivity;

/// What tuning gains over the default, by hyper-parameter.
///
/// @param all as [UserSensitivity#tunability], at least one
/// @param scale of the gains
/// @param percent 1 % of a reconstruction error, of anything else of what the best gains over the
///   reference
/// @param worth gain from which on tuning is worth it: seed noise, or 1 % if that is more; 20 %
///   where noise is not known
record Gains(List<TunedGain> all, Scale scale, double percent, double worth) {
  static final double LEAST = 0.01;

  /// Losses of adam and rmsprop differ by 6 to 13 % between runs of one setting, measured on
  /// studies of this kind: 2 standard errors of a difference of two runs are 17 % at least.
  private static final double UNKNOWN_NOISE = 0.2;

  /// Empty where there is no default.
  static Optional<Gains> of(Findings found) {
    return found
        .felt()
        .filter(felt -> !felt.tunability().isEmpty())
        .map(felt -> {
          Scale scale = felt.gainScale();
          double percent = share(felt, LEAST);
          double worth =
              found
                  .width()
                  .filter(_ -> found.region().orElseThrow().scale() == scale)
                  .map(noise -> Math.max(noise, percent))
                  .orElse(share(felt, UNKNOWN_NOISE));
          return new Gains(felt.tunability(), scale, percent, worth);
        });
  }

  private static double share(UserSensitivity felt, double share) {
    if (felt.ratio() && felt.gainScale() == Scale.LOG) {
      return Math.log1p(share);
    }
    double best = felt.best();
    double reference = felt.referenceOutcome();
    return share
        * Math.abs(
            TunedGain.scaled(best, felt.gainScale())
                - TunedGain.scaled(reference, felt.gainScale()));
  }

  /// Of one hyper-parameter each, largest gain first.
  List<TunedGain> single() {
    return of(1);
  }

  /// Of two each, likewise.
  List<TunedGain> pairs() {
    return of(2);
  }

  private List<TunedGain> of(int factors) {
    return all.stream()
        .filter(gain -> gain.factors().size() == factors)
        .sorted(Comparator.comparingDouble(TunedGain::gain).reversed())
        .toList();
  }

  TunedGain single(String name) {
    return single().stream()
        .filter(gain -> gain.factors().getFirst().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// What two gain together over the first of them alone.
  double beside(String first, String other) {
    return pairs().stream()
        .filter(pair -> pair.factors().containsAll(List.of(first, other)))
        .mapToDouble(pair -> pair.gain() - single(first).gain())
        .findFirst()
        .orElseThrow();
  }

  /// Most that it gains beside another one that is tuned as well; negative infinity if there is no
  /// other.
  double mostBeside(String name) {
    return single().stream()
        .map(gain -> gain.factors().getFirst())
        .filter(other -> !other.equals(name))
        .mapToDouble(other -> beside(other, name))
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /// `26 % [20, 31]`.
  String words(TunedGain gain) {
    return GainClaims.gained(gain, scale);
  }

  /// `0.4 %`, by which the outcome improves.
  String fall(double gain) {
    return scale == Scale.LOG ? Words.change(GainClaims.fall(gain)) : Digits.three(gain);
  }

  /// `4.1 %`, of a difference of losses.
  String size(double difference) {
    return scale == Scale.LOG ? Words.change(Math.expm1(difference)) : Digits.three(difference);
  }
}
