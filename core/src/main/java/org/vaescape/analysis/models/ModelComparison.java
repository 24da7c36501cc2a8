package org.vaescape.analysis.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.ModelRanks;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.CellNoise;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;

/// Which model is best at its best, by an outcome that all models share.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param scale of [Separation]s
/// @param choosing repeats that chose each model's setting
/// @param judging the other repeats, which give every number below; 0 of a single repeat, which
///   then does both
/// @param models with a setting that learned in every repeat, by what the choosing repeats say,
///   best first
/// @param without models that have none
/// @param separations of the first model from each of the others, in their order
/// @param overturnedBy changes after which another model comes first
/// @param runs of all models
/// @param reason why something is missing; empty if nothing is
public record ModelComparison(
    String scope,
    String metric,
    Scale scale,
    int choosing,
    int judging,
    List<Best> models,
    List<String> without,
    Optional<ModelRanks> ranks,
    List<Separation> separations,
    List<String> overturnedBy,
    int runs,
    String reason) {
  /// Why models are not compared by their own losses.
  static final String OWN_LOSS = "each model's own loss has its own terms and weights";

  /// Why ranks over repeats have no p.
  static final String ONE_DATA_SET =
      "no p for ranks: splits of one data set share samples, so they are no independent blocks; compare studies of several data sets for a test";

  private static final String NOT_PAIRED =
      "no p for ranks: equal settings are repeats here, which are not known to differ in their data, so they are no independent blocks";

  public ModelComparison {
    models = List.copyOf(models);
    without = List.copyOf(without);
    separations = List.copyOf(separations);
    overturnedBy = List.copyOf(overturnedBy);
  }

  /// A model at its best.
  ///
  /// @param settings that were chosen, by what varied beside the model
  /// @param value of the outcome on the judging repeats (a geometric mean on the log scale)
  /// @param stability share of the repeats without which the same setting would be chosen by all
  ///   others; empty of a single repeat
  /// @param learned its settings that learned in every repeat
  /// @param tried all its settings
  /// @param meanRank over the judging repeats, 1 the best
  public record Best(
      String model,
      SequencedMap<String, String> settings,
      double value,
      OptionalDouble stability,
      int learned,
      int tried,
      double meanRank) {}

  /// The models of a landscape; empty where it has only one.
  public static Optional<ModelComparison> of(Landscape landscape, RunSet.Outcome outcome) {
    CellOutcomes outcomes = CellOutcomes.of(landscape, outcome, StopPoint.STOP);
    if (outcomes.models().size() < 2) {
      return Optional.empty();
    }
    return Optional.of(outcome.shared() ? compared(outcomes) : refused(outcomes));
  }

  private static ModelComparison refused(CellOutcomes outcomes) {
    return nothing(outcomes, List.of(), OWN_LOSS);
  }

  private static ModelComparison nothing(
      CellOutcomes outcomes, List<String> without, String reason) {
    return new ModelComparison(
        outcomes.landscape().scope().text(),
        outcomes.outcome().metric(),
        outcomes.scale(),
        0,
        0,
        List.of(),
        without,
        Optional.empty(),
        List.of(),
        List.of(),
        outcomes.landscape().runs().size(),
        reason);
  }

  private static ModelComparison compared(CellOutcomes outcomes) {
    Parting parting = Parting.of(outcomes.repeats());
    List<ModelLeader> leaders = ModelLeader.all(outcomes, parting);
    List<String> without = new ArrayList<>(outcomes.models());
    leaders.forEach(leader -> without.remove(leader.model()));
    if (leaders.isEmpty()) {
      return nothing(outcomes, without, "no setting of any model learned in every repeat");
    }
    CellNoise noise = CellNoise.of(outcomes);
    List<Separation> separations = new ArrayList<>();
    for (ModelLeader other : leaders.subList(1, leaders.size())) {
      separations.add(Separation.of(outcomes, noise, leaders.getFirst().cell(), other.cell()));
    }
    int[] judges = parting.judging().length == 0 ? parting.choosing() : parting.judging();
    Optional<ModelRanks> ranks =
        leaders.size() < 2 ? Optional.empty() : Optional.of(ranks(leaders, judges));
    List<Best> models = new ArrayList<>();
    for (int i = 0; i < leaders.size(); i++) {
      int place = i;
      models.add(
          leaders
              .get(i)
              .best(outcomes, judges, ranks.map(known -> known.meanRanks()[place]).orElse(1.0)));
    }
    return new ModelComparison(
        outcomes.landscape().scope().text(),
        outcomes.outcome().metric(),
        outcomes.scale(),
        parting.choosing().length,
        parting.judging().length,
        models,
        without,
        ranks,
        separations,
        leaders.getFirst().overturnedBy(outcomes),
        outcomes.landscape().runs().size(),
        outcomes.repeats() == 1
            ? Claim.ONE_REPEAT
            : outcomes.landscape().crossed() ? ONE_DATA_SET : NOT_PAIRED);
  }

  private static ModelRanks ranks(List<ModelLeader> leaders, int[] judges) {
    double[][] blocks = new double[judges.length][leaders.size()];
    for (int block = 0; block < judges.length; block++) {
      for (int model = 0; model < leaders.size(); model++) {
        blocks[block][model] = leaders.get(model).cell().losses()[judges[block]];
      }
    }
    return ModelRanks.of(blocks, false);
  }

  /// That the first model is better than every other one, each at its best.
  public Claim claim() {
    return new ModelClaim(this).claim();
  }
}
