package org.vaescape.analysis.sensitivity;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;
import org.vaescape.analysis.CompleteSubgrid;
import org.vaescape.analysis.Factor;

/// The runs of one scope by what varied among them: the map from cells to outcomes.
public final class Landscape {
  private final Scope scope;
  private final List<Variable> variables;
  private final List<Integer> repeats;
  private final boolean crossed;
  private final List<Run> runs;
  private final boolean grid;
  private final List<Landscape> otherReadings;
  private final Map<Lacking, List<List<Integer>>> searched = new ConcurrentHashMap<>();

  /// Of each run: row-major place of its cell among all combinations of levels, x the repeats, plus
  /// its repeat's. Empty of a landscape that is no grid.
  private final int[] places;

  private Landscape(
      Scope scope,
      List<Variable> variables,
      List<Integer> repeats,
      boolean crossed,
      List<Run> runs,
      List<Landscape> otherReadings) {
    this.scope = scope;
    this.variables = List.copyOf(variables);
    this.repeats = List.copyOf(repeats);
    this.crossed = crossed;
    this.runs = List.copyOf(runs);
    this.otherReadings = List.copyOf(otherReadings);
    this.grid = isGrid();
    this.places = grid ? runs.stream().mapToInt(this::place).toArray() : new int[0];
  }

  /// The landscape of these runs.
  ///
  /// @param runs at most one a cell and repeat
  /// @param readings keys that are no variables
  /// @param crossed whether a repeat shares something in all cells, such as its split of the data
  public static Landscape of(Scope scope, List<Run> runs, List<String> readings, boolean crossed) {
    return new Landscape(
        scope,
        Variables.of(runs, readings),
        runs.stream().map(Run::repeat).distinct().sorted().toList(),
        crossed,
        runs,
        List.of());
  }

  /// The same runs, with those of the same model in other readings beside them.
  Landscape beside(List<Landscape> others) {
    return new Landscape(scope, variables, repeats, crossed, runs, others);
  }

  /// The same model in other readings, in which claims are tried as well.
  List<Landscape> otherReadings() {
    return otherReadings;
  }

  public Scope scope() {
    return scope;
  }

  /// What varied; none where nothing did.
  public List<Variable> variables() {
    return variables;
  }

  public Optional<Variable> variable(String name) {
    return variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
  }

  /// Repeats that were run, ascending.
  public List<Integer> repeats() {
    return repeats;
  }

  public boolean crossed() {
    return crossed;
  }

  public List<Run> runs() {
    return runs;
  }

  /// Number of settings that were tried.
  public int cells() {
    return (int) runs.stream().map(Run::settings).distinct().count();
  }

  /// Whether something varied, and at least half of all combinations of levels were tried. Other
  /// designs are no grid.
  public boolean grid() {
    return grid;
  }

  /// Whether every combination of levels was tried in every repeat.
  public boolean complete() {
    return grid
        && Arrays.stream(places).distinct().count() == (long) combinations() * repeats.size();
  }

  /// Outcome of each cell and repeat of a grid as a view's rule counts it, on the raw scale:
  /// row-major over the variables, the repeat fastest; `NaN` where there is none.
  double[] values(View view) {
    double[] values = new double[Math.multiplyExact(combinations(), repeats.size())];
    Arrays.fill(values, Double.NaN);
    double[] ofRuns = ofRuns(view);
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = ofRuns[i];
    }
    return values;
  }

  /// Outcome of each run, of a grid or not, as a view's rule counts it, on the raw scale; `NaN`
  /// where it has none.
  double[] ofRuns(View view) {
    double[] values = runs.stream().mapToDouble(run -> outcome(run, view)).toArray();
    double worst = Double.NaN;
    for (double outcome : values) {
      boolean worse = view.lowerIsBetter() ? outcome > worst : outcome < worst;
      worst = worse || Double.isNaN(worst) ? outcome : worst;
    }
    boolean replaces = view.rule() == FailureRule.WORST || view.rule() == FailureRule.WORST_LEARNED;
    for (int i = 0; i < values.length; i++) {
      values[i] = replaces && Double.isNaN(values[i]) ? worst : values[i];
    }
    return values;
  }

  /// `NaN` if the run has none or does not count.
  private static double outcome(Run run, View view) {
    boolean counts =
        switch (view.rule()) {
          case LEFT_OUT, WORST -> run.fate() != Fate.FAILED;
          case LEARNED, WORST_LEARNED -> run.fate() == Fate.LEARNED;
        };
    double outcome = counts ? run.outcome(view.metric(), view.stop()) : Double.NaN;
    return Double.isFinite(outcome) ? outcome : Double.NaN;
  }

  /// Goes through the runs of a grid with the place of each among [#values].
  void forEachPlace(ObjIntConsumer<Run> action) {
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

  int combinations() {
    return variables.stream().mapToInt(v -> v.levels().size()).reduce(1, Math::multiplyExact);
  }

  private boolean isGrid() {
    double combinations = 1;
    for (Variable variable : variables) {
      combinations *= variable.levels().size();
    }
    return !variables.isEmpty() && combinations <= 2.0 * cells();
  }

  private int place(Run run) {
    int cell = 0;
    for (Variable variable : variables) {
      cell = cell * variable.levels().size() + variable.level(run);
    }
    return cell * repeats.size() + repeats.indexOf(run.repeat());
  }
}
