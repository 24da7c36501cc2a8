package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.user.TunedGain;

/// What to tune, in which order and where, and what to leave alone.
record TuningAdvice(Grounds grounds, Findings found) {
  private static final String TUNABILITY = "user/tunability";
  private static final String DEFAULT = "user/default";
  private static final String REGION = "safe-region";
  private static final String NOTHING_FURTHER =
      "tune nothing further before there are more repeats or wider ranges";

  List<Advice> all() {
    if (found.first().isEmpty()) {
      return ofNoGrid();
    }
    Optional<SafeRegion> flat =
        found.region().filter(known -> known.chance().orElse(0) >= SafeRegion.SAFE);
    if (flat.isPresent()) {
      return List.of(tuneNothing(flat.get()));
    }
    List<Advice> all = new ArrayList<>();
    List<String> tuned = new ArrayList<>();
    Optional<Gains> gains = Gains.of(found);
    if (gains.isPresent()) {
      all.addAll(byGains(gains.get(), tuned));
    } else {
      ShareAdvice shares = new ShareAdvice(grounds, found);
      shares
          .largest()
          .ifPresent(effect -> {
            tuned.add(effect.factors().getFirst());
            all.add(shares.advice(effect));
          });
    }
    LeaveAdvice leave = new LeaveAdvice(grounds, found, gains);
    for (Variable variable : grounds.landscape().variables()) {
      if (!tuned.contains(variable.name())) {
        leave.of(variable, found.first().get()).ifPresent(all::add);
      }
    }
    if (tuned.isEmpty()) {
      gains.map(this::nothingGains).ifPresent(all::add);
    }
    all.addAll(new EdgeAdvice(grounds, found).beyond(tuned));
    return all;
  }

  /// Where some learned; settings that are no grid have shares at most.
  private List<Advice> ofNoGrid() {
    if (grounds.landscape().grid() || found.noise().isEmpty()) {
      return List.of();
    }
    ShareAdvice shares = new ShareAdvice(grounds, found);
    return shares.largest().map(shares::advice).stream().toList();
  }

  private Advice tuneNothing(SafeRegion region) {
    return grounds
        .advice(
            found.metric(),
            Advice.DO_NOT_BOTHER,
            "Tune nothing of what was tried: %s of the %s settings have %s %s%s, as other repeats find."
                .formatted(
                    Words.percent(region.chance().orElseThrow()),
                    region.of(),
                    found.metric(),
                    StartAdvice.upTo(region.within()),
                    LeaveAdvice.size(found)),
            List.of("levels that were not tried may do better"),
            REGION,
            "user/closeness")
        .inShort(
            Brief.of("tuning any of what was tried", "")
                .judgedBy(grounds.claimId(REGION, found.metric())));
  }

  /// @param tuned filled with the names of what is worth it
  private List<Advice> byGains(Gains gains, List<String> tuned) {
    TunedGain first = gains.single().getFirst();
    if (first.gain() <= gains.worth()) {
      return Stream.concat(gains.pairs().stream(), Stream.of(gains.all().getLast()))
          .filter(several -> several.gain() > gains.worth())
          .limit(1)
          .peek(several -> tuned.addAll(several.factors()))
          .map(several -> together(gains, several))
          .toList();
    }
    String name = first.factors().getFirst();
    tuned.add(name);
    List<Advice> all = new ArrayList<>();
    TuningRange range = range(name);
    all.add(
        tune(
                Advice.TUNE_FIRST,
                "%s %s first, %s: %sfrom the default it alone %s %s by %s."
                    .formatted(
                        open(first) ? "If anything, tune" : "Tune",
                        name,
                        range.words(),
                        inThisSeed(),
                        improves(),
                        found.metric(),
                        words(gains, first)),
                range,
                name)
            .inShort(
                brief(
                        ifAnything(first) + name + ", " + range.words(),
                        gains.words(first),
                        range,
                        first.factors())
                    .judgedBy(grounds.claimId(TUNABILITY, found.metric()))));
    gains.single().stream()
        .map(gain -> gain.factors().getFirst())
        .filter(other -> !other.equals(name) && gains.beside(name, other) > gains.worth())
        .sorted(Comparator.comparingDouble((String other) -> gains.beside(name, other)).reversed())
        .forEach(other -> {
          tuned.add(other);
          all.add(then(gains, name, other));
        });
    return all;
  }

  private Advice then(Gains gains, String first, String other) {
    TuningRange range = range(other);
    TunedGain pair =
        gains.pairs().stream()
            .filter(gain -> gain.factors().containsAll(List.of(first, other)))
            .findFirst()
            .orElseThrow();
    return tune(
        Advice.THEN,
        "Then%s tune %s, %s: %swith %s it %s %s by %s, which alone does by %s."
            .formatted(
                open(pair) || open(gains.single(first)) ? ", if anything," : "",
                other,
                range.words(),
                inThisSeed(),
                first,
                improves(),
                found.metric(),
                words(gains, pair),
                gains.words(gains.single(first))),
        range,
        other);
  }

  /// Where none gains alone.
  private Advice together(Gains gains, TunedGain several) {
    TuningRange range = range(several.factors().getFirst());
    String ranges =
        several.factors().stream()
            .map(name -> name + ", " + range(name).words())
            .collect(Collectors.joining(", and "));
    return tune(
            Advice.TUNE_FIRST,
            "%s %s, together first: %stogether they %s %s by %s, none alone by more than %s."
                .formatted(
                    open(several) ? "If anything, tune" : "Tune",
                    ranges,
                    inThisSeed(),
                    improves().substring(0, improves().length() - 1),
                    found.metric(),
                    words(gains, several),
                    gains.size(gains.worth())),
            range,
            several.factors().toArray(String[]::new))
        .inShort(
            brief(
                ifAnything(several) + ranges + ", together",
                gains.words(several),
                range,
                several.factors()));
  }

  private Brief brief(String what, String gained, TuningRange range, List<String> names) {
    return Brief.of(what, gained)
        .doubted(
            names.stream()
                .map(name -> found.briefOfRates(name, ""))
                .filter(doubt -> !doubt.isEmpty())
                .findFirst()
                .orElse(""))
        .before(range.extension());
  }

  /// Only what comes first, and alone, is what the claim says.
  private Advice tune(String kind, String sentence, TuningRange range, String... names) {
    boolean first = kind.equals(Advice.TUNE_FIRST);
    boolean edge = range.atEdge();
    List<String> because = new ArrayList<>();
    if (edge) {
      because.add(TuningRange.EDGE);
    }
    for (String name : names) {
      because.addAll(found.untriedRates(name, ""));
    }
    if (!first) {
      because.add("what it adds has no interval of its own");
    }
    String[] evidence =
        Arrays.stream(names).anyMatch(Role.LEARNING_RATE::is)
            ? new String[] {TUNABILITY, DEFAULT, REGION, "fair-range"}
            : new String[] {TUNABILITY, DEFAULT, REGION};
    String all = sentence + range.extensionSentence();
    return first && names.length == 1
        ? grounds.advice(found.metric(), kind, all, because, evidence)
        : grounds.counted(found.metric(), kind, all, because, evidence);
  }

  /// What is missing where nothing gains enough.
  private Advice nothingGains(Gains gains) {
    TunedGain all = gains.all().getLast(); // the largest set
    String most = "no hyper-parameter gains more than " + gains.size(gains.worth());
    String together =
        "%s %s"
            .formatted(
                all.factors().size() > 1
                    ? "all together gain"
                    : all.factors().getFirst() + " gains",
                gains.words(all));
    return grounds
        .counted(
            found.metric(),
            Advice.NEXT,
            "%s: %sfrom the default (%s) %s; %s."
                .formatted(
                    Words.capital(NOTHING_FURTHER),
                    inThisSeed(),
                    Digits.settings(found.felt().orElseThrow().defaults()),
                    most,
                    together),
            List.of(),
            TUNABILITY,
            DEFAULT)
        .inShort(
            Brief.of(
                "%s: %sfrom the default %s%s"
                    .formatted(
                        NOTHING_FURTHER,
                        inThisSeed(),
                        most,
                        all.factors().size() > 1 ? ", nor do all together" : ""),
                gains.words(all)));
  }

  private TuningRange range(String name) {
    return TuningRange.of(
        grounds.landscape().variable(name).orElseThrow(), found, grounds.landscape());
  }

  /// Whether these repeats leave open that it gains nothing: no order to tune it then.
  private static boolean open(TunedGain gain) {
    return gain.interval().filter(bounds -> bounds.contains(0)).isPresent();
  }

  private static String ifAnything(TunedGain gain) {
    return open(gain) ? "if anything, " : "";
  }

  private static String words(Gains gains, TunedGain gain) {
    return gains.words(gain) + (open(gain) ? ", an interval that holds 0" : "");
  }

  private String improves() {
    return found.outcome().lowerIsBetter() ? "lowers" : "raises";
  }

  private String inThisSeed() {
    return grounds.oneRepeat() ? "in this one seed, " : "";
  }
}
