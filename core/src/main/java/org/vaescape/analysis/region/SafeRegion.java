package org.vaescape.analysis.region;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.SafeBox;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.user.UserWords;

/// The largest box of settings every one of which does as well as the best, up to seed noise.
///
/// The box is that of all repeats. Whether such boxes hold is asked of repeats that did not choose
/// them: of the cells of each, the share that these by themselves find as good.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param within what counts as equally good, in words
/// @param deviation of runs of one setting, of logarithms on the logarithmic scale; empty where
///   repeats do not tell it
/// @param sides levels of each variable, neighbours where they are numbers
/// @param best setting of all repeats
/// @param bestInside whether the box has it: a larger one may lie elsewhere
/// @param cells settings in the box
/// @param of settings that were tried in every repeat
/// @param exact whether all boxes were tried, as [SafeBox#exact]
/// @param parting which repeats chose and judged, in words
/// @param coverage mean over partings of the share of the box that holds; empty with one repeat
/// @param probability that of boxes so chosen [#ASKED] or more hold, as
///   [RegionCoverage#probability]
/// @param chance the same of all settings, which is what a box of this size at random covers
/// @param settings chosen by each parting, a mean
/// @param reason why something is empty; empty if nothing is
public record SafeRegion(
    String scope,
    String metric,
    Scale scale,
    String within,
    OptionalDouble deviation,
    List<Side> sides,
    SequencedMap<String, String> best,
    boolean bestInside,
    int cells,
    int of,
    int runs,
    boolean exact,
    String parting,
    OptionalDouble coverage,
    OptionalDouble probability,
    OptionalDouble chance,
    OptionalDouble settings,
    String reason) {
  /// Coverage from which on a region counts as safe. Of simulated plateaus of 16 settings 97 to 99
  /// % came out as good again.
  public static final double SAFE = 0.9;

  /// Coverage that the claim asks for: 17 settings that all hold are enough to be sure of it, where
  /// [#SAFE] would take 36, which few boxes have.
  static final double ASKED = 0.8;

  public SafeRegion {
    sides = List.copyOf(sides);
  }

  /// Levels of one variable.
  ///
  /// @param all whether these are all that were tried
  public record Side(String variable, List<String> levels, boolean numeric, boolean all) {
    public Side {
      levels = List.copyOf(levels);
    }

    /// `learning-rate 0.001 to 0.01`, `optimizer adam or rmsprop`, `any latent`.
    public String words() {
      if (all) {
        return numeric
            ? "any %s (%s to %s)".formatted(variable, levels.getFirst(), levels.getLast())
            : "any %s (%s)".formatted(variable, String.join(", ", levels));
      }
      return variable
          + " "
          + (numeric && levels.size() > 1
              ? levels.getFirst() + " to " + levels.getLast()
              : String.join(" or ", levels));
    }
  }

  /// Empty where the landscape is no grid, or no setting learned in every repeat.
  public static Optional<SafeRegion> of(Landscape landscape, RunSet.Outcome outcome) {
    return Losses.of(landscape, outcome)
        .flatMap(TriedLosses::of)
        .filter(tried -> tried.size() > 1)
        .map(SafeRegion::of);
  }

  private static SafeRegion of(TriedLosses tried) {
    SeedTolerance tolerance = SeedTolerance.of(tried);
    List<Variable> variables = tried.losses().variables();
    Set<String> ordered = new LinkedHashSet<>();
    variables.stream().filter(Variable::numeric).map(Variable::name).forEach(ordered::add);
    int[] all = IntStream.range(0, tried.repeats()).toArray();
    LossGrid grid = tried.grid(tolerance.scale(), all);
    SafeBox box = SafeBox.anywhere(grid, ordered, tolerance.ofLowest(grid, tried.repeats()));
    List<Fold> folds = Fold.halves(tried.repeats());
    boolean judged = tried.repeats() > 1;
    RegionCoverage coverage =
        RegionCoverage.of(tried, tolerance, ordered, judged ? folds : List.of());
    return new SafeRegion(
        tried.losses().landscape().scope().text(),
        tried.losses().outcome().metric(),
        tolerance.scale(),
        tolerance.words(),
        tolerance.noise().isPresent()
            ? OptionalDouble.of(tolerance.noise().get().deviation())
            : OptionalDouble.empty(),
        sides(variables, box),
        tried.settings(tried.setting(grid.best())),
        inside(box, grid.levels(grid.best())),
        box.box().cells(),
        tried.size(),
        tried.size() * tried.repeats(),
        box.exact(),
        judged ? Fold.words(folds) : "",
        coverage.held(),
        coverage.probability(),
        coverage.chance(),
        coverage.cells(),
        judged ? SeedTolerance.reason(tried, tolerance.noise()) : UserWords.ONE_SEED);
  }

  private static boolean inside(SafeBox box, int[] levels) {
    return IntStream.range(0, levels.length)
        .allMatch(axis -> box.box().levels().get(axis).contains(levels[axis]));
  }

  private static List<Side> sides(List<Variable> variables, SafeBox box) {
    List<Side> sides = new ArrayList<>();
    for (int axis = 0; axis < variables.size(); axis++) {
      Variable variable = variables.get(axis);
      List<String> levels =
          box.box().levels().get(axis).stream().map(variable.levels()::get).toList();
      sides.add(
          new Side(
              variable.name(),
              levels,
              variable.numeric(),
              levels.size() == variable.levels().size()));
    }
    return sides;
  }

  /// `learning-rate 0.001 to 0.01, latent 20 to 200, optimizer adam or rmsprop`.
  public String words() {
    return sides.stream().map(Side::words).collect(Collectors.joining(", "));
  }

  public Claim claim() {
    String judged =
        coverage.isPresent()
            ? " Of boxes chosen so, %s of the settings are within noise of the best on other repeats, of all settings %s (%s)."
                .formatted(
                    Words.percent(coverage.getAsDouble()), Words.percent(chance.orElse(0)), parting)
            : "";
    return new Claim(
            "safe-region/" + scope + "/" + metric,
            "%s: %s is a safe region: %s of %s settings %s %s %s.%s%s"
                .formatted(
                    scope,
                    words(),
                    cells == 1 ? "this one" : "these " + cells,
                    of,
                    cells == 1 ? "has" : "have",
                    metric,
                    within,
                    bestInside
                        ? ""
                        : " The best setting (%s) is outside.".formatted(Digits.settings(best)),
                    judged),
            metric,
            scope,
            coverage,
            Optional.empty(),
            probability,
            runs,
            probability.isPresent()
                ? Claim.Verdict.of(probability.getAsDouble())
                : Claim.Verdict.UNDECIDED,
            List.of(),
            coverage.isPresent()
                ? "asked is whether %s or more hold; partings of the repeats overlap, so that no interval of the share is given"
                    .formatted(Words.percent(ASKED))
                : reason)
        .naming(sides.stream().map(Side::words).sorted().collect(Collectors.joining(", ")));
  }
}
