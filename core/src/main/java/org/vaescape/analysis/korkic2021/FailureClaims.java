package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;

/// What the study says of settings that came to no number.
///
/// Its figures of IWAE and LogCosh-VAE may have their axis of learning rates turned round, so that
/// claims about low rates tell of high ones too.
final class FailureClaims {
  private static final String DIVERGED = "diverged";

  private FailureClaims() {}

  private static EndingCount count(List<Run> runs, Predicate<Run> among) {
    return EndingCount.of(runs, among, DIVERGED);
  }

  static Optional<StudyClaim> rmspropAtTenth(StudyCase study) {
    Landscape landscape = study.landscape();
    Optional<Variable> rates = landscape.variable(StudyCase.RATE);
    Optional<Variable> latents = latents(landscape);
    Optional<Integer> rate = rates.flatMap(known -> StudyLevels.number(known, 0.1));
    Predicate<Run> rmsprop = optimizers(landscape, OptimizerClaims.RMSPROP);
    if (rate.isEmpty() || latents.isEmpty()) {
      return Optional.empty();
    }
    List<Run> runs =
        landscape.allRuns().stream()
            .filter(rmsprop.and(run -> rates.orElseThrow().level(run) == rate.get()))
            .toList();
    Variable latent = latents.get();
    EndingCount low = count(runs, in(latent, StudyLevels.low(latent)));
    EndingCount high = count(runs, in(latent, StudyLevels.high(latent)));
    if (low.runs() == 0 || high.runs() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        study.counted(
            "nan-rmsprop-at-0.1-low-latent",
            low.share() > high.share(),
            low.share(),
            low.against(high),
            runs.size(),
            "rmsprop at learning rate 0.1 %s: %s runs diverged at latent %s, %s at %s."
                .formatted(
                    where(runs, latent),
                    low.text(),
                    StudyLevels.text(latent, StudyLevels.low(latent)),
                    high.text(),
                    StudyLevels.text(latent, StudyLevels.high(latent)))));
  }

  private static String where(List<Run> runs, Variable latent) {
    List<String> levels =
        IntStream.range(0, latent.levels().size())
            .filter(level -> count(runs, in(latent, one -> one == level)).ended() > 0)
            .mapToObj(level -> latent.levels().get(level))
            .toList();
    return levels.isEmpty()
        ? "diverges at no latent"
        : levels.size() == latent.levels().size()
            ? "diverges at every latent"
            : "diverges at latent " + StudyLevels.and(levels) + " and at no other";
  }

  static Optional<StudyClaim> iwaeAtLowRates(StudyCase study) {
    Landscape landscape = study.landscape();
    Optional<Variable> rates = rates(landscape);
    if (!landscape.scope().model().equals("iwae") || rates.isEmpty()) {
      return Optional.empty();
    }
    List<Run> runs =
        landscape.allRuns().stream()
            .filter(optimizers(landscape, OptimizerClaims.ADAM, OptimizerClaims.RMSPROP))
            .toList();
    Variable rate = rates.get();
    EndingCount low = count(runs, in(rate, StudyLevels.low(rate)));
    EndingCount high = count(runs, in(rate, StudyLevels.high(rate)));
    if (low.runs() == 0 || high.runs() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        study.counted(
            "nan-iwae-low-learning-rate",
            low.share() > high.share(),
            low.share(),
            low.against(high),
            runs.size(),
            "of runs with adam or rmsprop %s diverged at low learning rates (%s), %s at high ones (%s).%s"
                .formatted(
                    low.text(),
                    StudyLevels.text(rate, StudyLevels.low(rate)),
                    high.text(),
                    StudyLevels.text(rate, StudyLevels.high(rate)),
                    flipped(low, high))));
  }

  static Optional<StudyClaim> logCoshAtLowRates(StudyCase study) {
    Landscape landscape = study.landscape();
    Optional<Variable> rates = rates(landscape);
    Optional<Variable> latents = latents(landscape);
    if (!landscape.scope().model().equals("logcosh-vae") || rates.isEmpty() || latents.isEmpty()) {
      return Optional.empty();
    }
    List<Run> runs =
        landscape.allRuns().stream()
            .filter(optimizers(landscape, OptimizerClaims.RMSPROP))
            .toList();
    Predicate<Run> lowRate = in(rates.get(), StudyLevels.low(rates.get()));
    Predicate<Run> highRate = in(rates.get(), StudyLevels.high(rates.get()));
    Predicate<Run> lowLatent = in(latents.get(), StudyLevels.low(latents.get()));
    Predicate<Run> highLatent = in(latents.get(), StudyLevels.high(latents.get()));
    EndingCount claimed = count(runs, lowRate.and(lowLatent));
    EndingCount turned = count(runs, highRate.and(lowLatent));
    EndingCount elsewhere = count(runs, lowRate.and(lowLatent).negate());
    if (claimed.runs() == 0 || turned.runs() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        study.counted(
            "nan-logcosh-low-learning-rate-low-latent",
            claimed.share() > elsewhere.share(),
            claimed.share(),
            claimed.against(elsewhere),
            runs.size(),
            "of runs with rmsprop at low latents (%s), %s diverged at low learning rates (%s), %s at high ones (%s); at high latents (%s) %s and %s.%s"
                .formatted(
                    StudyLevels.text(latents.get(), StudyLevels.low(latents.get())),
                    claimed.text(),
                    StudyLevels.text(rates.get(), StudyLevels.low(rates.get())),
                    turned.text(),
                    StudyLevels.text(rates.get(), StudyLevels.high(rates.get())),
                    StudyLevels.text(latents.get(), StudyLevels.high(latents.get())),
                    count(runs, lowRate.and(highLatent)).text(),
                    count(runs, highRate.and(highLatent)).text(),
                    flipped(claimed, turned))));
  }

  /// What these runs make of the study's figure, read as it is and with its axis turned round.
  private static String flipped(EndingCount low, EndingCount high) {
    if (low.ended() + high.ended() == 0) {
      return " The study's figure, read as it is or with its axis of learning rates turned round, is not found again.";
    }
    String found =
        low.share() > high.share()
            ? "these runs agree with it as it stands"
            : high.share() > low.share()
                ? "turned round it would agree with these runs"
                : "these runs agree with neither reading of it";
    return " The study's figure may have its axis of learning rates turned round: " + found + ".";
  }

  private static Optional<Variable> rates(Landscape landscape) {
    return landscape.variable(StudyCase.RATE).filter(Variable::numeric);
  }

  private static Optional<Variable> latents(Landscape landscape) {
    return landscape.variable(StudyCase.LATENT).filter(Variable::numeric);
  }

  private static Predicate<Run> in(Variable variable, IntPredicate levels) {
    return run -> levels.test(variable.level(run));
  }

  /// Runs with one of these optimizers; none where optimizers did not vary.
  private static Predicate<Run> optimizers(Landscape landscape, String... names) {
    List<Integer> levels = new ArrayList<>();
    Optional<Variable> optimizer = landscape.variable(StudyCase.OPTIMIZER);
    for (String name : names) {
      optimizer.flatMap(known -> StudyLevels.optimizer(known, name)).ifPresent(levels::add);
    }
    return run -> optimizer.isPresent() && levels.contains(optimizer.get().level(run));
  }
}
