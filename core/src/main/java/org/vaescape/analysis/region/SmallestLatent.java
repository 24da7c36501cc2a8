package org.vaescape.analysis.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.SmallestLevel;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.user.TunedGain;
import org.vaescape.analysis.user.UserWords;

/// The smallest latent size that does as well as the best setting, up to seed noise.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param within what counts as equally good, in words
/// @param latent the size that all repeats together choose
/// @param settings of its best setting
/// @param bestSettings of the best of all
/// @param outcome of its best setting, chosen on all other repeats and judged on each in turn
/// @param best outcome of the best of all, likewise
/// @param excess how much more the chosen setting loses than the best on repeats that chose
///   neither: of logarithms on the logarithmic scale; empty with one repeat, or where one of them
///   failed
/// @param atEdge whether no smaller size was tried in every repeat
/// @param parting which repeats chose and judged, in words
/// @param partings how many ways there are
/// @param enough partings in which the size was enough on the judging repeats
/// @param same partings in which the judging repeats by themselves name the same size
/// @param worse probability that the best setting of this size is worse than the best of all, each
///   chosen on all other repeats and judged on each in turn; empty with one repeat
/// @param smallerWorse the same of the best setting of all smaller sizes; empty also where there is
///   none that learned in every repeat
/// @param sizes every size that was tried, ascending
/// @param reason why something is empty; empty if nothing is
public record SmallestLatent(
    String scope,
    String metric,
    Scale scale,
    String within,
    String latent,
    SequencedMap<String, String> settings,
    SequencedMap<String, String> bestSettings,
    double outcome,
    double best,
    OptionalDouble excess,
    boolean atEdge,
    String parting,
    int partings,
    int enough,
    int same,
    OptionalDouble worse,
    OptionalDouble smallerWorse,
    int runs,
    List<Size> sizes,
    String reason) {
  public SmallestLatent {
    sizes = List.copyOf(sizes);
  }

  /// One size.
  ///
  /// @param outcome of its best setting, chosen on all other repeats and judged on each in turn;
  ///   empty where none learned in every repeat
  /// @param pca outcome `pca_mse` of as many components, mean over runs; empty where runs lack it
  /// @param spectrum of the setting that all repeats together choose
  public record Size(
      String latent,
      OptionalDouble outcome,
      OptionalDouble pca,
      Optional<LatentSpectrum> spectrum) {}

  /// Empty where the latent size is no variable with an order, the landscape is no grid, or no
  /// setting learned in every repeat.
  public static Optional<SmallestLatent> of(Landscape landscape, RunSet.Outcome outcome) {
    Optional<Variable> latent = landscape.variable(Role.LATENT).filter(Variable::numeric);
    return latent.isEmpty()
        ? Optional.empty()
        : Losses.of(landscape, outcome)
            .flatMap(TriedLosses::of)
            .map(tried -> of(tried, latent.get()));
  }

  private static SmallestLatent of(TriedLosses tried, Variable latent) {
    SeedTolerance tolerance = SeedTolerance.of(tried);
    Scale scale = tolerance.scale();
    int[] all = IntStream.range(0, tried.repeats()).toArray();
    SmallestLevel chosen =
        SmallestLevel.of(tried.grid(scale, all), latent.name(), tolerance.within(tried.repeats()));
    boolean judged = tried.repeats() > 1;
    List<Fold> folds = judged ? Fold.halves(tried.repeats()) : List.of();
    int enough = 0;
    int same = 0;
    List<Double> excesses = new ArrayList<>();
    for (Fold fold : folds) {
      SmallestLevel found =
          SmallestLevel.of(
              tried.grid(scale, fold.choosing()),
              latent.name(),
              tolerance.within(fold.choosing().length));
      LossGrid judging = tried.grid(scale, fold.judging());
      Tolerance within = tolerance.within(fold.judging().length);
      enough += found.holds(judging, within) ? 1 : 0;
      same += SmallestLevel.of(judging, latent.name(), within).level() == found.level() ? 1 : 0;
      excesses.add(found.excess(judging));
    }
    OptionalDouble excess = excesses.stream().mapToDouble(Double::doubleValue).average();
    List<Size> sizes = new ArrayList<>();
    for (int level = 0; level < latent.levels().size(); level++) {
      sizes.add(size(tried, latent, level));
    }
    double[] best = logged(tried.judgedBest(tried.all()), scale);
    return new SmallestLatent(
        tried.losses().landscape().scope().text(),
        tried.losses().outcome().metric(),
        scale,
        tolerance.words(),
        latent.levels().get(chosen.level()),
        tried.settings(tried.setting(chosen.cell())),
        tried.settings(tried.setting(chosen.best())),
        sizes.get(chosen.level()).outcome().orElseThrow(),
        tried.losses().measured(RepeatPairs.mean(tried.judgedBest(tried.all()))),
        excess.isPresent() && Double.isFinite(excess.getAsDouble())
            ? excess
            : OptionalDouble.empty(),
        IntStream.range(0, chosen.level()).allMatch(level -> tried.at(latent, level).length == 0),
        judged ? Fold.words(folds) : "",
        folds.size(),
        enough,
        same,
        worse(tried.judgedBest(tried.at(latent, chosen.level())), best, scale),
        worse(tried.judgedBest(below(tried, latent, chosen.level())), best, scale),
        tried.size() * tried.repeats(),
        sizes,
        judged ? "" : UserWords.ONE_SEED);
  }

  /// Settings of smaller sizes.
  private static int[] below(TriedLosses tried, Variable latent, int level) {
    return Arrays.stream(tried.all())
        .filter(setting -> tried.level(setting, latent) < level)
        .toArray();
  }

  private static double[] logged(double[] losses, Scale scale) {
    return Arrays.stream(losses).map(loss -> TunedGain.scaled(loss, scale)).toArray();
  }

  /// @param judged in each repeat; none where there is nothing to judge
  private static OptionalDouble worse(double[] judged, double[] best, Scale scale) {
    return judged.length == 0
        ? OptionalDouble.empty()
        : RepeatPairs.below(RepeatPairs.chosen(best, logged(judged, scale)), 0);
  }

  private static Size size(TriedLosses tried, Variable latent, int level) {
    int[] own = tried.at(latent, level);
    double[] judged = tried.judgedBest(own);
    int best = tried.lowest(own);
    Landscape landscape = tried.losses().landscape();
    return new Size(
        latent.levels().get(level),
        judged.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(tried.losses().measured(RepeatPairs.mean(judged))),
        landscape.runs().stream()
            .filter(run -> latent.level(run) == level)
            .mapToDouble(run -> run.outcome(Yardstick.PCA, StopPoint.STOP))
            .filter(Double::isFinite)
            .average(),
        best < 0 ? Optional.empty() : LatentSpectrum.of(tried.learnedRuns(best)));
  }

  /// What is known of the chosen size.
  private Size chosen() {
    return sizes.stream().filter(size -> size.latent().equals(latent)).findFirst().orElseThrow();
  }

  public Claim claim() {
    return new Claim(
            "smallest-latent/" + scope + "/" + metric,
            "%s: latent %s is the smallest with %s %s: its best setting has %s%s.%s%s%s"
                .formatted(
                    scope,
                    latent,
                    metric,
                    within,
                    Digits.three(outcome, best),
                    settings.equals(bestSettings)
                        ? ", the best of all"
                        : ", the best of all (latent %s) %s%s"
                            .formatted(
                                Role.LATENT.in(bestSettings),
                                Digits.three(best, outcome),
                                excess.isPresent() ? ", a difference of " + excessWords() : ""),
                    atEdge ? " No smaller one was tried." : "",
                    partings > 0
                        ? " In %s of %s partings the size that some repeats choose is enough on the others, and in %s these name the same one (%s)."
                            .formatted(enough, partings, same, parting)
                        : "",
                    chosen().spectrum().map(this::words).orElse("")),
            metric,
            scope,
            PlainNumber.of(latent),
            Optional.empty(),
            OptionalDouble.empty(),
            runs,
            verdict(),
            List.of(),
            partings > 0 ? "counted over partings of the repeats, which overlap" : reason)
        .naming(latent);
  }

  private String excessWords() {
    return scale == Scale.LOG
        ? Words.change(Math.expm1(excess.orElseThrow())) + " on repeats that chose neither"
        : Digits.three(excess.orElseThrow()) + " on repeats that chose neither";
  }

  private String words(LatentSpectrum spectrum) {
    return " There %s of its %s units carry 90 %% of %s nats of KL (mean of %s)%s."
        .formatted(
            Digits.three(spectrum.units()),
            latent,
            Digits.three(spectrum.kl()),
            Digits.count(spectrum.runs(), "run"),
            spectrum.forecast().isPresent()
                ? "; at most %s can pay for theirs"
                    .formatted(Digits.three(spectrum.forecast().getAsDouble()))
                : "");
  }

  /// Supported where all partings agree and smaller sizes are worse, if there are any: that they
  /// are was not told by these repeats does not make them so.
  private Claim.Verdict verdict() {
    if (partings == 0) {
      return Claim.Verdict.UNDECIDED;
    }
    boolean agreed = enough == partings && same == partings;
    boolean smallest = atEdge || smallerWorse.orElse(1) >= Claim.SURE;
    boolean beaten = enough == 0 && worse.orElse(0) >= Claim.SURE;
    return agreed && smallest
        ? Claim.Verdict.SUPPORTED
        : beaten ? Claim.Verdict.CONTRADICTED : Claim.Verdict.UNDECIDED;
  }
}
