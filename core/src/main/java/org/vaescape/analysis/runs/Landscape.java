package org.vaescape.analysis.runs;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.ObjIntConsumer;
import org.vaescape.analysis.CompleteSubgrid;
import org.vaescape.analysis.Factor;
import org.vaescape.analysis.ForestEffects;

/// The runs of one scope by what varied among them: the map from cells to outcomes.
public final class Landscape {
  private final Scope scope;
  private final Variables variables;
  private final boolean crossed;
  private final List<Run> all;
  private final List<Integer> repeats;
  private final List<Run> runs;

  /// Of each run that counts the number of its setting, from 0, in the order of the runs.
  private final int[] settings;

  private final int cells;
  private final boolean grid;
  private final List<Landscape> otherReadings;
  private final Map<Lacking, List<List<Integer>>> searched;
  private final Map<Measured, double[]> measured;
  private final Map<String, Landscape> turned;

  /// Of each run that counts: row-major place of its cell among all combinations of levels, x the
  /// repeats, plus its repeat's. Empty of a landscape that is no grid.
  private final int[] places;

  private Landscape(
      Scope scope, Variables variables, boolean crossed, List<Run> all, BalancedRuns counting) {
    this.scope = scope;
    this.variables = variables;
    this.crossed = crossed;
    this.all = List.copyOf(all);
    this.repeats = counting.repeats();
    this.runs = counting.runs();
    this.settings = settings(runs);
    this.cells = number(settings(all));
    this.grid = isGrid();
    this.places = grid ? runs.stream().mapToInt(this::place).toArray() : new int[0];
    this.otherReadings = List.of();
    this.searched = new ConcurrentHashMap<>();
    this.measured = new ConcurrentHashMap<>();
    this.turned = new ConcurrentHashMap<>();
  }

  /// The same with other readings beside it; what was looked up in one of the two is known to both.
  private Landscape(Landscape same, List<Landscape> otherReadings) {
    this.scope = same.scope;
    this.variables = same.variables;
    this.crossed = same.crossed;
    this.all = same.all;
    this.repeats = same.repeats;
    this.runs = same.runs;
    this.settings = same.settings;
    this.cells = same.cells;
    this.grid = same.grid;
    this.places = same.places;
    this.otherReadings = List.copyOf(otherReadings);
    this.searched = same.searched;
    this.measured = same.measured;
    this.turned = same.turned;
  }

  /// The landscape of these runs.
  ///
  /// @param runs at most one a cell and repeat
  /// @param readings keys that are no variables
  /// @param crossed whether a repeat shares something in all cells, such as its split of the data
  public static Landscape of(Scope scope, List<Run> runs, List<String> readings, boolean crossed) {
    return new Landscape(
        scope, Variables.of(runs, readings), crossed, runs, BalancedRuns.of(runs, crossed));
  }

  /// The landscape of other runs in the same repeats, made of those that count here. Readings are
  /// the same in all of them, and so no variables. Of other readings it knows nothing.
  public Landscape with(List<Run> others) {
    return new Landscape(
        scope, Variables.of(others, List.of()), crossed, others, new BalancedRuns(repeats, others));
  }

  /// The same runs, with those of the same model in other readings beside them.
  public Landscape beside(List<Landscape> others) {
    return new Landscape(this, others);
  }

  /// The same model in other readings, in which claims are tried as well.
  public List<Landscape> otherReadings() {
    return otherReadings;
  }

  /// The runs that count with the negative of an outcome and no other, in all readings: for whom
  /// the highest is the worst.
  public Landscape turned(String metric) {
    return turnedAlone(metric)
        .beside(otherReadings.stream().map(other -> other.turnedAlone(metric)).toList());
  }

  private Landscape turnedAlone(String metric) {
    return turned.computeIfAbsent(
        metric, one -> with(runs.stream().map(run -> run.turned(one)).toList()));
  }

  public Scope scope() {
    return scope;
  }

  /// What varied; none where nothing did.
  public List<Variable> variables() {
    return variables.variables();
  }

  /// Hyper-parameters that took several values and are no variables.
  List<Variables.Confounded> confounded() {
    return variables.confounded();
  }

  public Optional<Variable> variable(String name) {
    return variables().stream().filter(variable -> variable.name().equals(name)).findFirst();
  }

  /// The variable of this role, whatever its name.
  public Optional<Variable> variable(Role role) {
    return role.among(variables().stream().map(Variable::name).toList()).flatMap(this::variable);
  }

  /// Repeats that count, ascending: those of [BalancedRuns].
  public List<Integer> repeats() {
    return repeats;
  }

  public boolean crossed() {
    return crossed;
  }

  /// The runs that count: every setting among them has each of the repeats, so that what is missing
  /// was not run.
  public List<Run> runs() {
    return runs;
  }

  /// All runs, also those of repeats that only some settings have.
  public List<Run> allRuns() {
    return all;
  }

  /// Number of settings that were tried.
  public int cells() {
    return cells;
  }

  /// Number of settings whose runs count.
  int countingCells() {
    return number(settings);
  }

  private static int number(int[] settings) {
    return Arrays.stream(settings).max().orElse(-1) + 1;
  }

  /// Number of a run's setting, from 0, in the order in which the runs that count have them.
  ///
  /// @param run place among the runs that count
  int setting(int run) {
    return settings[run];
  }

  /// Whether something varied, nothing was drawn from a range, and at least half of all
  /// combinations of levels are among the runs that count. Other designs are no grid.
  public boolean grid() {
    return grid;
  }

  /// Whether every combination of levels has each of the repeats that count.
  public boolean complete() {
    return grid
        && Arrays.stream(places).distinct().count() == (long) combinations() * repeats.size();
  }

  /// Outcome of each cell and repeat of a grid as a view's rule counts it, on the raw scale:
  /// row-major over the variables, the repeat fastest; `NaN` where there is none.
  public double[] values(View view) {
    double[] values = new double[Math.multiplyExact(combinations(), repeats.size())];
    Arrays.fill(values, Double.NaN);
    double[] counted = counted(runs, outcomes(view.metric(), view.stop()), view);
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = counted[i];
    }
    return values;
  }

  /// Outcome of each of all runs, also those that do not count, of a grid or not, as a view's rule
  /// counts it, on the raw scale; `NaN` where it has none.
  public double[] ofAllRuns(View view) {
    return counted(all, measured(all, view.metric(), view.stop()), view);
  }

  /// @param outcomes of the runs, as measured
  private double[] counted(List<Run> runs, double[] outcomes, View view) {
    double[] values = outcomes.clone();
    boolean unlearned = // counts as measured
        switch (view.rule()) {
          case LEFT_OUT, WORST -> true;
          case LEARNED, WORST_LEARNED -> false;
        };
    for (int i = 0; i < values.length; i++) {
      boolean counts = unlearned || runs.get(i).fate() == Fate.LEARNED;
      values[i] = counts ? outcomes[i] : Double.NaN;
    }
    if (view.rule() == FailureRule.WORST || view.rule() == FailureRule.WORST_LEARNED) {
      replaceByWorst(runs, values, view.lowerIsBetter());
    }
    return values;
  }

  /// Gives runs without a value the worst one: of their repeat, where each has a split of its own,
  /// in which all outcomes may be low, so that the worst of others would be no outcome of it; of
  /// all runs where repeats share nothing, or theirs has no value.
  private void replaceByWorst(List<Run> runs, double[] values, boolean lowerIsBetter) {
    BinaryOperator<Double> worse = lowerIsBetter ? Math::max : Math::min;
    Map<Integer, Double> worst = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        worst.merge(crossed ? runs.get(i).repeat() : 0, values[i], worse);
      }
    }
    double ofAll = worst.values().stream().reduce(worse).orElse(Double.NaN);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        values[i] = worst.getOrDefault(crossed ? runs.get(i).repeat() : 0, ofAll);
      }
    }
  }

  /// What was measured of each run, which every view of an outcome starts from; `NaN` where that is
  /// not finite, or the run failed. Not to be changed.
  private double[] outcomes(String metric, StopPoint stop) {
    return measured.computeIfAbsent(
        new Measured(metric, stop), one -> measured(runs, one.metric, one.stop));
  }

  private static double[] measured(List<Run> runs, String metric, StopPoint stop) {
    return runs.stream()
        .mapToDouble(run -> run.outcome(metric, stop))
        .map(outcome -> Double.isFinite(outcome) ? outcome : Double.NaN)
        .toArray();
  }

  private record Measured(String metric, StopPoint stop) {}

  /// Cells of a grid, row-major, whose runs count.
  public BitSet tried() {
    BitSet tried = new BitSet();
    Arrays.stream(places).forEach(place -> tried.set(place / repeats.size()));
    return tried;
  }

  /// Goes through the runs of a grid that count with the place of each among [#values].
  public void forEachPlace(ObjIntConsumer<Run> action) {
    for (int i = 0; i < places.length; i++) {
      action.accept(runs.get(i), places[i]);
    }
  }

  /// Levels of the largest part of a grid that lacks no cell. Most ways of looking at runs lack the
  /// same ones, so that each search is kept.
  ///
  /// @param present at least one cell
  List<List<Integer>> completeLevels(List<Factor> factors, BitSet present) {
    return searched.computeIfAbsent(
        new Lacking(factors, present),
        lacking -> {
          boolean[] cells =
              new boolean[factors.stream().mapToInt(Factor::levels).reduce(1, (a, b) -> a * b)];
          lacking.present.stream().forEach(cell -> cells[cell] = true);
          return CompleteSubgrid.of(factors, cells).box().levels();
        });
  }

  private record Lacking(List<Factor> factors, BitSet present) {}

  public int combinations() {
    return variables().stream().mapToInt(v -> v.levels().size()).reduce(1, Math::multiplyExact);
  }

  private static int[] settings(List<Run> runs) {
    Map<Map<String, String>, Integer> numbers = new HashMap<>();
    int[] settings = new int[runs.size()];
    for (int i = 0; i < settings.length; i++) {
      Integer number = numbers.putIfAbsent(runs.get(i).settings(), numbers.size());
      settings[i] = number == null ? numbers.size() - 1 : number;
    }
    return settings;
  }

  private boolean isGrid() {
    double combinations = 1;
    for (Variable variable : variables()) {
      combinations *= variable.levels().size();
    }
    return !variables().isEmpty()
        && combinations <= 2.0 * countingCells()
        && variables().stream().noneMatch(this::drawn);
  }

  /// Whether most settings have a value of their own, of so many that a surface can be fitted: a
  /// sample of a range, and no levels that could be compared.
  private boolean drawn(Variable variable) {
    int levels = variable.levels().size();
    return levels >= ForestEffects.LEAST_SETTINGS && 2 * levels > countingCells();
  }

  private int place(Run run) {
    int cell = 0;
    for (Variable variable : variables()) {
      cell = cell * variable.levels().size() + variable.level(run);
    }
    return cell * repeats.size() + repeats.indexOf(run.repeat());
  }
}
