package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;

/// How many repeats it takes, and the smallest latent that does.
record NoiseAdvice(Grounds grounds, Findings found) {
  private static final int FIRST_REPEATS = 3;
  private static final String ORDER =
      "run %s repeats before you believe that one setting is better than another";
  private static final String ONE_SEED = "one seed does not tell its noise";

  List<Advice> all() {
    List<Advice> all = new ArrayList<>();
    found.latent().map(this::latent).ifPresent(all::add);
    found.noise().flatMap(this::repeats).ifPresent(all::add);
    return all;
  }

  private Advice latent(SmallestLatent smallest) {
    List<SmallestLatent.Size> sizes = smallest.sizes();
    boolean largest = smallest.latent().equals(sizes.getLast().latent());
    String sentence =
        largest
            ? "Take latent %s and try larger ones: no smaller one has %s %s (%s)"
            : "If size matters take latent %s: the smallest with %s %s (%s)";
    List<String> because = new ArrayList<>();
    if (smallest.atEdge() || largest) {
      because.add("no %s one was tried".formatted(smallest.atEdge() ? "smaller" : "larger"));
    }
    return grounds.advice(
        found.metric(),
        Advice.LATENT,
        (grounds.oneRepeat() ? "In this one seed: " + lower(sentence) : sentence)
                .formatted(
                    smallest.latent(),
                    found.metric(),
                    StartAdvice.upTo(smallest.within()),
                    smallest.latent().equals(Role.LATENT.in(smallest.bestSettings()))
                        ? Digits.three(smallest.best(), smallest.outcome())
                        : "%s against %s"
                            .formatted(
                                Digits.three(smallest.outcome(), smallest.best()),
                                Digits.three(smallest.best(), smallest.outcome())))
            + (smallest.partings() > 0
                ? "; enough in %s of %s partings of the repeats"
                    .formatted(smallest.enough(), smallest.partings())
                : "")
            + (smallest.atEdge() ? ". Try smaller ones." : "."),
        because,
        "smallest-latent");
  }

  private static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  /// Empty where fewer than two settings learned in every repeat: there is nothing to tell apart.
  private Optional<Advice> repeats(SeedNoise noise) {
    return noise.twoBest().map(two -> grounds.oneRepeat() ? oneSeed() : further(noise, two));
  }

  private Advice further(SeedNoise noise, Separation two) {
    Advice advice =
        grounds.advice(
            found.metric(),
            Advice.REPEATS,
            smallest(noise, two) + plan(noise, two),
            List.of(),
            "best-setting",
            "seed-noise");
    return two.undecided() && noise.repeatsToRun().isPresent()
        ? advice.inShort(
            Brief.of(
                "run more repeats of the two best settings, if they are to be told apart",
                noise.repeatsToRun().getAsInt() + " of each"))
        : advice;
  }

  private Advice oneSeed() {
    return grounds
        .advice(
            found.metric(),
            Advice.REPEATS,
            "%s: %s.".formatted(Words.capital(ORDER.formatted(FIRST_REPEATS)), ONE_SEED),
            List.of(),
            "best-setting")
        .inShort(Brief.of(ORDER.formatted(FIRST_REPEATS), ONE_SEED));
  }

  /// What settings like the best must differ by.
  private String smallest(SeedNoise noise, Separation two) {
    String optimizer = Role.OPTIMIZER.in(two.better());
    return noise.optimizers().stream()
        .filter(one -> one.smallest().isPresent())
        .filter(one -> optimizer.isEmpty() || optimizer.equals(one.optimizer()))
        .findFirst()
        .map(one ->
            "With %s repeats a difference of %s below %s%s is within noise, and a true one is found 4 times of 5 only from %s on."
                .formatted(
                    noise.repeats(),
                    found.metric(),
                    size(noise, one.limit().orElseThrow()),
                    one.optimizer().isEmpty() ? "" : " between settings of " + one.optimizer(),
                    size(noise, one.smallest().orElseThrow())))
        .orElse(
            "Do not believe small differences of %s: its noise is not known."
                .formatted(found.metric()));
  }

  private static String size(SeedNoise noise, double difference) {
    return noise.scale() == Scale.LOG
        ? "a ratio of " + Digits.ratio(difference)
        : Digits.three(difference);
  }

  private String plan(SeedNoise noise, Separation two) {
    if (two.probability().isEmpty()) {
      return " Run more settings of this optimizer.";
    }
    double sure = two.probability().getAsDouble();
    if (sure >= Claim.SURE) {
      return " The best setting is told from the next one.";
    }
    if (sure <= 1 - Claim.SURE) {
      return " The two best settings change places on other repeats: choose again on all of them.";
    }
    if (noise.repeatsToRun().isEmpty()) {
      return " Take either of the two best settings: even %s repeats would not tell them apart."
          .formatted(Separation.MOST_REPEATS);
    }
    return " To tell the two best settings apart, run %s repeats of each, the smaller half of which chooses."
        .formatted(noise.repeatsToRun().getAsInt());
  }
}
