package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.vaescape.analysis.BestOfRepeats;
import org.vaescape.analysis.MeanDraws;
import org.vaescape.analysis.RunNoise;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.CellNoise;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.GridImportance;
import org.vaescape.study.Metric;

/// The runs of one scope, as the claims of the study look at them: by the reconstruction error of a
/// model, and by the mean squared error where models are compared.
final class StudyCase {
  static final String OPTIMIZER = Role.OPTIMIZER.text();
  static final String RATE = Role.LEARNING_RATE.text();
  static final String LATENT = Role.LATENT.text();

  /// What ids of claims of the study begin with.
  private static final String STUDY = "korkic2021/";

  private static final String CHOSEN =
      "no interval: the best of many settings is too low by luck, which no interval tells";
  private static final String UNKNOWN_NOISE =
      "noise is not known of every optimizer: some have no settings that learned in every repeat to tell it by";

  private final Landscape landscape;
  private final String metric;
  private final Optional<Losses> losses;
  private final Optional<CellTable> cells;
  private final Optional<MeanDraws> draws;
  private final Optional<GridImportance> importance;
  private final Map<View, Optional<GridView>> grids = new HashMap<>();

  private StudyCase(Landscape landscape, long seed) {
    this.landscape = landscape;
    this.metric = landscape.scope().model().isEmpty() ? "val_mse" : "val_reconstruction";
    RunSet.Outcome outcome =
        new RunSet.Outcome(metric, Metric.Better.LOWER, landscape.scope().model().isEmpty());
    this.losses = Losses.of(landscape, outcome);
    this.cells = losses.flatMap(StudyCase::table);
    this.draws =
        cells.flatMap(
            table -> draws(CellOutcomes.of(landscape, outcome, StopPoint.STOP), table, seed));
    this.importance = GridImportance.ofRepeats(landscape, View.of(metric, Scale.LOG), seed);
  }

  static StudyCase of(Landscape landscape, long seed) {
    return new StudyCase(landscape, seed);
  }

  Landscape landscape() {
    return landscape;
  }

  String scope() {
    return landscape.scope().text();
  }

  String metric() {
    return metric;
  }

  int repeats() {
    return landscape.repeats().size();
  }

  /// Mean of the logarithms of each cell's losses over repeats, of cells that learned in all of
  /// them; empty where the landscape is no grid or a loss is not positive, so that ratios say
  /// nothing.
  Optional<CellTable> cells() {
    return cells;
  }

  /// The same cells in one repeat.
  ///
  /// @param repeat from 0
  /// @throws java.util.NoSuchElementException where there are no [#cells]
  CellTable cells(int repeat) {
    CellTable means = cells.orElseThrow();
    double[] values = new double[means.values().length];
    for (int cell = 0; cell < values.length; cell++) {
      values[cell] =
          Double.isNaN(means.values()[cell])
              ? Double.NaN
              : Math.log(losses.orElseThrow().loss(cell, repeat));
    }
    return means.with(values);
  }

  /// Importances on the logarithm, as their own claim has them.
  Optional<GridImportance> importance() {
    return importance;
  }

  /// The largest complete grid that a view sees, kept for the next question.
  Optional<GridView> grid(View view) {
    return grids.computeIfAbsent(view, one -> GridView.of(landscape, one));
  }

  private static Optional<CellTable> table(Losses losses) {
    double[] means = new double[losses.cells()];
    for (int cell = 0; cell < means.length; cell++) {
      for (int r = 0; r < losses.repeats(); r++) {
        if (losses.loss(cell, r) <= 0) {
          return Optional.empty();
        }
        means[cell] += Math.log(losses.loss(cell, r)) / losses.repeats();
      }
    }
    return Arrays.stream(means).allMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(
            new CellTable(losses.variables(), means, losses.landscape().tried(), Scale.LOG));
  }

  /// Empty with one repeat, or where the noise of a cell that learned is not known.
  private static Optional<MeanDraws> draws(CellOutcomes outcomes, CellTable table, long seed) {
    List<CellNoise.Group> known = new ArrayList<>(CellNoise.of(outcomes).groups());
    known.removeIf(group -> group.noise().isEmpty());
    Optional<Variable> optimizer = table.variable(OPTIMIZER);
    int[] groups = new int[table.values().length];
    for (int cell = 0; cell < groups.length; cell++) {
      String name =
          optimizer.isEmpty()
              ? ""
              : optimizer.get().levels().get(table.level(optimizer.get(), cell)).split(" ", 2)[0];
      groups[cell] =
          IntStream.range(0, known.size())
              .filter(i -> optimizer.isEmpty() || known.get(i).optimizer().equals(name))
              .findFirst()
              .orElse(-1);
      if (groups[cell] < 0 && !Double.isNaN(table.values()[cell])) {
        return Optional.empty();
      }
      groups[cell] = Math.max(groups[cell], 0); // what did not learn has no number that noise moves
    }
    List<RunNoise> noises = known.stream().map(group -> group.noise().orElseThrow()).toList();
    return noises.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MeanDraws.of(
                table.values(),
                noises,
                groups,
                outcomes.repeats(),
                MeanDraws.DRAWS,
                SimulationSeed.of(
                    seed, "claims of the study", outcomes.landscape().scope().text())));
  }

  /// What repeats say of a question about losses.
  Evidence evidence(CellQuestion question) {
    if (repeats() < 2) {
      return Evidence.none(Claim.ONE_REPEAT);
    }
    return draws
        .map(known ->
            Evidence.drawn(
                known.share(means -> question.holds(cells.orElseThrow().with(means)).orElse(false)),
                CHOSEN))
        .orElse(Evidence.none(UNKNOWN_NOISE));
  }

  /// The best of some cells, chosen on all repeats but one and judged on that one, by turns.
  ///
  /// @param best on the logarithm
  /// @param cells those that learned, in the order of `best`
  record Judged(BestOfRepeats best, int[] cells) {}

  /// Empty with one repeat, or if none of these cells learned.
  Optional<Judged> judged(IntPredicate among) {
    double[] means = cells.map(CellTable::values).orElse(new double[0]);
    int[] own =
        IntStream.range(0, means.length)
            .filter(cell -> among.test(cell) && !Double.isNaN(means[cell]))
            .toArray();
    if (repeats() < 2 || own.length == 0) {
      return Optional.empty();
    }
    Losses all = losses.orElseThrow();
    double[][] outcomes = new double[own.length][repeats()];
    for (int i = 0; i < own.length; i++) {
      for (int r = 0; r < repeats(); r++) {
        outcomes[i][r] = Math.log(all.loss(own[i], r));
      }
    }
    return Optional.of(new Judged(BestOfRepeats.leaveOneOut(outcomes), own));
  }

  /// The view of losses on which a claim is made before it is tried on others: cells that did not
  /// learn count as the worst that did, without which they would leave with whole levels.
  View first() {
    return view(
        any(Fate.UNLEARNED)
            ? FailureRule.WORST_LEARNED
            : any(Fate.FAILED) ? FailureRule.WORST : FailureRule.LEFT_OUT);
  }

  /// The view of those that learned, and of nothing else.
  View learned() {
    return view(any(Fate.UNLEARNED) ? FailureRule.LEARNED : FailureRule.LEFT_OUT);
  }

  private View view(FailureRule rule) {
    return new View(metric, true, Scale.LOG, StopPoint.STOP, rule, Optional.empty());
  }

  private boolean any(Fate fate) {
    return landscape.runs().stream().anyMatch(run -> run.fate() == fate);
  }

  /// A claim that is tried in every way of looking at these runs.
  ///
  /// @param sentence what is so, which is not what the study claims where that does not hold
  StudyClaim tried(
      String name,
      Question question,
      View first,
      boolean holds,
      OptionalDouble estimate,
      Evidence evidence,
      String sentence) {
    Robustness robustness = Robustness.of(landscape, question, first, holds, this::grid);
    // The first view itself may differ from an answer by cells that need no complete grid.
    List<String> overturnedBy =
        robustness.overturnedBy().stream()
            .map(change -> change.isEmpty() ? "with " + first.rule().text() : change)
            .toList();
    Robustness named = robustness.overturnedBy(overturnedBy);
    return claim(
            name,
            first.metric(),
            holds,
            estimate,
            evidence,
            landscape.runs().size(),
            overturnedBy,
            named.views() == 0 ? sentence : sentence + " " + Words.of(named, repeats()))
        .tried(named);
  }

  /// A claim that is a count of runs.
  StudyClaim counted(
      String name, boolean holds, double estimate, Evidence evidence, int trials, String sentence) {
    return claim(
        name,
        "",
        holds,
        OptionalDouble.of(estimate),
        evidence,
        trials,
        List.of(),
        repeats() == 1 ? sentence + " One seed." : sentence);
  }

  private StudyClaim claim(
      String name,
      String metric,
      boolean holds,
      OptionalDouble estimate,
      Evidence evidence,
      int trials,
      List<String> overturnedBy,
      String sentence) {
    Claim claim =
        new Claim(
            STUDY + name + "/" + scope(),
            scope() + ": " + sentence,
            metric,
            scope(),
            estimate,
            evidence.interval(),
            evidence.probability(),
            trials,
            evidence.verdict(),
            overturnedBy,
            estimate.isPresent() ? evidence.reason() : noEstimate(evidence.reason()));
    return new StudyClaim(STUDY + name, holds ? claim : claim.asDenied(), holds);
  }

  private static String noEstimate(String reason) {
    return "no ratio: one side has no setting that learned"
        + (reason.isEmpty() ? "" : "; " + reason);
  }

  /// A claim about losses of cells; empty where these cannot tell.
  Optional<StudyClaim> ofCells(String name, CellQuestion question, Function<Boolean, Said> says) {
    return cells
        .flatMap(question::holds)
        .map(holds -> {
          Said said = says.apply(holds);
          return tried(
              name, question, first(), holds, said.estimate(), evidence(question), said.sentence());
        });
  }

  /// What a claim says, and its number.
  record Said(OptionalDouble estimate, String sentence) {}
}
