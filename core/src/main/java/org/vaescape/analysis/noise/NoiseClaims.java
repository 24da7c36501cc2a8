package org.vaescape.analysis.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;

/// What is known of noise, in words.
record NoiseClaims(SeedNoise noise) {
  private static final String MEASURED = "measured on these runs; no hypothesis is tested";

  /// Noise as a claim, if there are repeats, and whether the best setting is told from the next
  /// one.
  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    if (noise.repeats() > 1) {
      claims.add(noiseClaim());
    }
    noise.twoBest().map(this::bestClaim).ifPresent(claims::add);
    return claims;
  }

  private Claim noiseClaim() {
    List<SeedNoise.OfOptimizer> known =
        noise.optimizers().stream().filter(one -> one.deviation().isPresent()).toList();
    // What bounds all: the noisiest one.
    Optional<SeedNoise.OfOptimizer> noisiest =
        known.stream().max(Comparator.comparingDouble(one -> one.deviation().getAsDouble()));
    return new Claim(
            "seed-noise/" + noise.scope() + "/" + noise.metric(),
            known.isEmpty()
                ? "%s: no noise of %s is known.".formatted(noise.scope(), noise.metric())
                : sentence(known),
            noise.metric(),
            noise.scope(),
            noisiest.map(SeedNoise.OfOptimizer::smallest).orElse(OptionalDouble.empty()),
            noisiest.flatMap(SeedNoise.OfOptimizer::smallestInterval),
            OptionalDouble.empty(),
            noise.runs(),
            known.isEmpty() ? Claim.Verdict.UNDECIDED : Claim.Verdict.SUPPORTED,
            List.of(),
            known.isEmpty() ? noise.optimizers().getFirst().reason() : MEASURED)
        .asMeasured();
  }

  private String sentence(List<SeedNoise.OfOptimizer> known) {
    String unknown =
        noise.optimizers().stream()
            .filter(one -> one.deviation().isEmpty())
            .map(one -> one.optimizer() + ": " + one.reason())
            .collect(Collectors.joining("; "));
    return "%s: repeats of one setting differ in %s. A run typically lies off the mean of its setting by %s%s. With %s a difference of two settings is within noise below %s, and a true one is found 4 times of 5 only from %s on.%s"
        .formatted(
            noise.scope(),
            noise.metric(),
            known.stream().map(this::deviationWords).collect(Collectors.joining(", ")),
            noise.crossed() ? ", beside what the split shifts in all settings alike" : "",
            Digits.count(noise.repeats(), "repeat"),
            known.stream().map(this::limitWords).collect(Collectors.joining(", ")),
            known.stream().map(this::smallestWords).collect(Collectors.joining(", ")),
            unknown.isEmpty() ? "" : " Unknown for " + unknown + ".");
  }

  private String deviationWords(SeedNoise.OfOptimizer one) {
    double deviation = one.deviation().getAsDouble();
    String size =
        noise.scale() == Scale.LOG
            ? "a factor of " + Digits.ratio(Math.exp(deviation))
            : Digits.three(deviation);
    return size + name(one);
  }

  private String limitWords(SeedNoise.OfOptimizer one) {
    double limit = one.limit().getAsDouble();
    return (noise.scale() == Scale.LOG ? "a ratio of " + Digits.ratio(limit) : Digits.three(limit))
        + name(one);
  }

  private String smallestWords(SeedNoise.OfOptimizer one) {
    double smallest = one.smallest().getAsDouble();
    boolean log = noise.scale() == Scale.LOG;
    String bounds =
        one.smallestInterval()
            .map(known -> " " + (log ? Digits.ratios(known) : Digits.threes(known)))
            .orElse("");
    return (log ? "a ratio of " + Digits.ratio(smallest) : Digits.three(smallest))
        + bounds
        + name(one);
  }

  private static String name(SeedNoise.OfOptimizer one) {
    return one.optimizer().isEmpty() ? "" : " (" + one.optimizer() + ")";
  }

  private Claim bestClaim(Separation best) {
    String judged =
        best.estimate().isEmpty()
            ? ""
            : " On the %s that did not choose them, its outcome %s.%s"
                .formatted(
                    Digits.count(best.judging(), "repeat"),
                    best.words("the best"),
                    best.planWords());
    return new Claim(
            "best-setting/" + noise.scope() + "/" + noise.metric(),
            "%s: by %s the best setting is %s. The next one is %s.%s"
                .formatted(
                    noise.scope(),
                    noise.metric(),
                    Digits.rounded(best.better()),
                    Digits.rounded(best.other()),
                    judged),
            noise.metric(),
            noise.scope(),
            best.estimate(),
            best.interval(),
            best.probability(),
            noise.runs(),
            best.probability().isPresent()
                ? Claim.Verdict.of(best.probability().getAsDouble())
                : Claim.Verdict.UNDECIDED,
            List.of(),
            best.reason())
        .naming(Digits.settings(new TreeMap<>(best.better())));
  }
}
