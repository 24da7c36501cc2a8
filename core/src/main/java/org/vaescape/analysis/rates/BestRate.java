package org.vaescape.analysis.rates;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The best learning rate of one value of the optimizer, and whether what was tried can tell it.
///
/// @param name of the learning rate, as the runs have it: `learning-rate`, `lr`
/// @param optimizer level of the variable: `adam`, `sgd momentum 0.9`
/// @param rate chosen on all repeats, so on the runs that it is then shown with; empty if no run
///   learned
/// @param crossFitted one for each repeat of the landscape, chosen on all others; `NaN` where none
///   of their runs learned, none at all with a single repeat
/// @param lowest rate that was tried with this optimizer
/// @param highest rate that was tried with it
/// @param learned number of its runs that learned
/// @param runs number of its runs
/// @param extendTo rates that should be tried as well, ascending; empty if every choice above lies
///   inside of what was tried
public record BestRate(
    String name,
    String optimizer,
    OptionalDouble rate,
    List<Double> crossFitted,
    double lowest,
    double highest,
    int learned,
    int runs,
    List<Double> extendTo) {
  public BestRate {
    crossFitted = List.copyOf(crossFitted);
    extendTo = List.copyOf(extendTo);
  }

  /// Whether the best rate, in any of its choices, is the lowest or the highest that was tried:
  /// then a better one may lie beyond.
  public boolean edge() {
    return learned > 0 && !extendTo.isEmpty();
  }

  /// Whether that is so of the one that is shown, chosen on all repeats.
  public boolean atEdge() {
    return rate.isPresent() && (rate.getAsDouble() == lowest || rate.getAsDouble() == highest);
  }

  /// `extend learning-rate to 1, which is one decade above 0.1, for sgd`; empty if that is not
  /// needed.
  public String advice() {
    return advice(optimizer);
  }

  /// The same order for several optimizers of which it holds.
  public String advice(String optimizers) {
    return extendTo.isEmpty()
        ? ""
        : extendTo.stream()
            .map(to ->
                to < lowest
                    ? "to %s, which is one decade below %s".formatted(text(to), text(lowest))
                    : "to %s, which is one decade above %s".formatted(text(to), text(highest)))
            .collect(Collectors.joining(", and ", "extend " + name + " ", ", for " + optimizers));
  }

  /// `sgd never learned (0 of 45 runs): not estimable, extend ...`, `sgd: not estimable, ...`;
  /// empty where the best rate lies inside of what was tried.
  String note() {
    if (learned == 0) {
      return "%s never learned (0 of %s runs): not estimable, %s"
          .formatted(optimizer, runs, advice());
    }
    return edge() ? "%s: not estimable, %s".formatted(optimizer, advice()) : "";
  }

  /// Without exponent and without trailing zeros: `0.00001`, `10`.
  public static String text(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
  }
}
