package org.vaescape.analysis.noise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.BalancedGrid;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Factor;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.RepeatedGrid;
import org.vaescape.analysis.RunNoise;
import org.vaescape.analysis.VarianceComponents;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Role;

/// How far repeats of one setting lie apart, optimizer by optimizer: it differs by 10 to 40 times.
///
/// Of settings that learned in every repeat. Where a repeat has a split of its own, what the split
/// shifts in all settings of an optimizer alike is no noise among them, and is taken off; among
/// settings of two optimizers it is none as far as it shifts both alike.
public final class CellNoise {
  private final int repeats;
  private final boolean crossed;
  private final SequencedMap<String, Group> groups = new LinkedHashMap<>();

  /// Settings of an optimizer.
  ///
  /// @param deviation of a run, on the scale of the outcomes; empty where repeats do not tell it
  /// @param degrees of freedom of its square
  public record Group(
      String optimizer, List<CellOutcomes.Cell> cells, OptionalDouble deviation, double degrees) {
    public Optional<RunNoise> noise() {
      return deviation.isPresent()
          ? Optional.of(RunNoise.given(deviation.getAsDouble(), degrees))
          : Optional.empty();
    }
  }

  private CellNoise(int repeats, boolean crossed) {
    this.repeats = repeats;
    this.crossed = crossed;
  }

  /// The noise of each optimizer on the scale of the outcomes; without a deviation where one
  /// repeat, or one setting with splits of its own, does not tell it.
  public static CellNoise of(CellOutcomes outcomes) {
    CellNoise noise = new CellNoise(outcomes.repeats(), outcomes.landscape().crossed());
    Map<String, List<CellOutcomes.Cell>> learned =
        outcomes.learned().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.setting(Role.OPTIMIZER), LinkedHashMap::new, Collectors.toList()));
    for (String optimizer :
        outcomes.cells().stream().map(cell -> cell.setting(Role.OPTIMIZER)).distinct().toList()) {
      noise.groups.put(
          optimizer, noise.group(optimizer, learned.getOrDefault(optimizer, List.of())));
    }
    return noise;
  }

  /// Of each optimizer, in the order of the runs, also of those without a setting that learned.
  public List<Group> groups() {
    return new ArrayList<>(groups.values());
  }

  Group group(CellOutcomes.Cell cell) {
    return groups.getOrDefault(
        cell.setting(Role.OPTIMIZER), group(cell.setting(Role.OPTIMIZER), List.of()));
  }

  /// Noise of the optimizer of a setting, as far as it is known.
  public Optional<RunNoise> noise(CellOutcomes.Cell cell) {
    return group(cell).noise();
  }

  /// Noise in the difference of two settings that learned in every repeat, as far as it is known.
  public Optional<DifferenceNoise> between(CellOutcomes.Cell one, CellOutcomes.Cell other) {
    Group ofOne = group(one);
    Group ofOther = group(other);
    if (ofOne.optimizer().equals(ofOther.optimizer())) {
      return ofOne.noise().map(DifferenceNoise.Shared::new);
    }
    if (crossed) {
      return repeats < 2 ? Optional.empty() : Optional.of(paired(ofOne, ofOther));
    }
    return ofOne
        .noise()
        .flatMap(
            first -> ofOther.noise().map(second -> new DifferenceNoise.Separate(first, second)));
  }

  private Group group(String optimizer, List<CellOutcomes.Cell> cells) {
    int count = cells.size();
    double degrees = (repeats - 1.0) * (crossed ? count - 1 : count);
    if (degrees <= 0 || count == 0) {
      return new Group(optimizer, cells, OptionalDouble.empty(), 0);
    }
    return new Group(
        optimizer, cells, OptionalDouble.of(Math.sqrt(variance(cells, count))), degrees);
  }

  private double variance(List<CellOutcomes.Cell> cells, int count) {
    if (count == 1) {
      double deviation = new Observations(cells.getFirst().losses()).standardDeviation();
      return deviation * deviation;
    }
    double[] values = new double[count * repeats];
    for (int cell = 0; cell < count; cell++) {
      System.arraycopy(cells.get(cell).losses(), 0, values, cell * repeats, repeats);
    }
    return VarianceComponents.of(
            new RepeatedGrid(
                new BalancedGrid(List.of(new Factor("cell", count)), repeats, values),
                crossed,
                Optional.empty()))
        .noise();
  }

  /// Of two optimizers whose repeats share splits. A difference is that of the two settings from
  /// the means of their optimizers in this repeat, and that of these means: three independent parts
  /// of variance s (1 - 1/k) for k settings with the deviation sqrt(s), and as measured for the
  /// means. Degrees of freedom by Satterthwaite 1946 (Biometrics Bulletin 2:110).
  private DifferenceNoise paired(Group one, Group other) {
    double[] means = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      means[r] = mean(one, r) - mean(other, r);
    }
    double deviation = new Observations(means).standardDeviation();
    double variance = deviation * deviation;
    double spread = variance * variance / (repeats - 1);
    for (Group group : List.of(one, other)) {
      if (group.deviation().isPresent()) {
        double own = group.deviation().getAsDouble();
        double part = own * own * (1 - 1.0 / group.cells().size());
        variance += part;
        spread += part * part / group.degrees();
      }
    }
    double degrees = variance == 0 ? repeats - 1 : variance * variance / spread;
    return new DifferenceNoise.Paired(RunNoise.given(Math.sqrt(variance), degrees));
  }

  private static double mean(Group group, int repeat) {
    double sum = 0;
    for (CellOutcomes.Cell cell : group.cells()) {
      sum += cell.losses()[repeat];
    }
    return sum / group.cells().size();
  }
}
