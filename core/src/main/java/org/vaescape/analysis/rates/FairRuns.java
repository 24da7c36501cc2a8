package org.vaescape.analysis.rates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.vaescape.analysis.runs.Run;

/// Runs at learning rates within one decade of their optimizer's own best, which is that of the
/// other repeats, and how far each lies from it.
///
/// @param offsets that every optimizer was tried at in every repeat, ascending: `x0.1`, `x1`, `x10`
/// @param runs with [#OFFSET] in place of their learning rate
record FairRuns(List<String> offsets, List<Run> runs) {
  static final String OFFSET = "learning-rate offset";

  /// Offsets are compared as logarithms to base 10 in millionths: digits that rates are not written
  /// with cannot part them.
  private static final double MILLIONTHS = 1e6;

  private static final long DECADE = 1_000_000;
  private static final MathContext DIGITS = new MathContext(6);

  FairRuns {
    offsets = List.copyOf(offsets);
    runs = List.copyOf(runs);
  }

  /// @param tried optimizers that are compared
  /// @param best one for each, with a rate for every repeat
  /// @param repeats of the landscape, in the order of the rates
  static FairRuns of(List<TriedRates> tried, List<BestRate> best, List<Integer> repeats) {
    NavigableSet<Long> shared = shared(tried, best);
    List<Run> runs = new ArrayList<>();
    for (long offset : shared) {
      for (int i = 0; i < tried.size(); i++) {
        for (double rate : tried.get(i).rates()) {
          for (Run run : tried.get(i).at(rate)) {
            int repeat = repeats.indexOf(run.repeat());
            if (offset(rate, best.get(i).crossFitted().get(repeat)) == offset) {
              runs.add(moved(run, tried.get(i).name(), text(offset)));
            }
          }
        }
      }
    }
    return new FairRuns(shared.stream().map(FairRuns::text).toList(), runs);
  }

  private static NavigableSet<Long> shared(List<TriedRates> tried, List<BestRate> best) {
    NavigableSet<Long> shared = new TreeSet<>();
    for (int i = 0; i < tried.size(); i++) {
      for (double center : best.get(i).crossFitted()) {
        NavigableSet<Long> own = new TreeSet<>();
        for (double rate : tried.get(i).rates()) {
          long offset = offset(rate, center);
          if (Math.abs(offset) <= DECADE) {
            own.add(offset);
          }
        }
        if (shared.isEmpty()) {
          shared.addAll(own);
        }
        shared.retainAll(own); // never empties it: 0 is in all
      }
    }
    return shared;
  }

  private static long offset(double rate, double center) {
    return Math.round(MILLIONTHS * Math.log10(rate / center));
  }

  private static String text(long offset) {
    BigDecimal factor = new BigDecimal(Math.pow(10, offset / MILLIONTHS), DIGITS);
    return "x" + factor.stripTrailingZeros().toPlainString();
  }

  private static Run moved(Run run, String rate, String offset) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    run.settings()
        .forEach((name, value) -> {
          boolean moves = name.equals(rate);
          settings.put(moves ? OFFSET : name, moves ? offset : value);
        });
    return new Run(run.id(), settings, run.repeat(), run.fate(), run.ending(), run.outcomes());
  }
}
