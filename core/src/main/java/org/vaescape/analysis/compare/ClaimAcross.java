package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.vaescape.analysis.claim.Claim;

/// One claim in several studies.
///
/// @param id as [Claim#id]
/// @param outcome what becomes of it
/// @param entries of the studies that make it, in their order
/// @param lacking studies that do not make it
public record ClaimAcross(
    String id,
    String metric,
    String scope,
    Outcome outcome,
    List<Entry> entries,
    List<String> lacking) {
  /// Claims that name some of the good settings, and do not say that others are none: several may
  /// be true of the same data.
  private static final Set<String> EXCLUDING_NOTHING =
      Set.of("start", "first-settings", "safe-region");

  public ClaimAcross {
    entries = List.copyOf(entries);
    lacking = List.copyOf(lacking);
  }

  ClaimAcross(String id, String metric, String scope, List<Entry> entries, List<String> lacking) {
    this(id, metric, scope, outcome(id, entries, lacking), entries, lacking);
  }

  /// What a study says.
  ///
  /// @param wording what its claim says apart from its numbers, for which it has `#`
  public record Entry(String study, Claim claim, String wording) {
    /// What stands at each `#` of the wording.
    public List<String> numbers() {
      return Wording.numbers(claim, wording);
    }
  }

  /// What becomes of it across studies.
  public enum Outcome {
    /// All make it, all support it, and mean the same by it.
    HOLDS,
    /// All make it, mean the same by it, and their runs contradict it.
    FAILS,
    /// Runs of one study support what those of another contradict, or support something else that
    /// excludes it.
    FLIPS,
    /// A count or a measurement: no conclusion, its numbers are as they are.
    MEASURED,
    /// A study leaves it open or does not make it, or they contradict different answers or support
    /// such as exclude nothing, and none that decides is against another.
    OPEN
  }

  /// Every claim that at least one of them makes, in the order in which they make them.
  static List<ClaimAcross> all(List<ComparedStudy> studies) {
    SequencedSet<String> ids = new LinkedHashSet<>();
    studies.forEach(study -> study.sensitivity().claims().forEach(claim -> ids.add(claim.id())));
    Wording wording =
        Wording.of(studies.stream().flatMap(study -> study.runs().runs().stream()).toList());
    List<ClaimAcross> all = new ArrayList<>();
    for (String id : ids) {
      List<Entry> entries = new ArrayList<>();
      List<String> lacking = new ArrayList<>();
      for (ComparedStudy study : studies) {
        Optional<Claim> own = study.claim(id);
        if (own.isPresent()) {
          entries.add(new Entry(study.name(), own.get(), wording.of(own.get())));
        } else {
          lacking.add(study.name());
        }
      }
      Claim first = entries.getFirst().claim();
      all.add(new ClaimAcross(id, first.metric(), first.scope(), entries, lacking));
    }
    return all;
  }

  private static Outcome outcome(String id, List<Entry> entries, List<String> lacking) {
    if (entries.getFirst().claim().measured()) {
      return Outcome.MEASURED;
    }
    List<String> contradicted = of(entries, Claim.Verdict.CONTRADICTED);
    List<String> supported = of(entries, Claim.Verdict.SUPPORTED);
    if ((supported.size() > 1 && !excludesNothing(id))
        || supported.stream().anyMatch(contradicted::contains)) {
      return Outcome.FLIPS;
    }
    // That it is not one answer is not against another study's which says that it is another.
    boolean decided = of(entries, Claim.Verdict.UNDECIDED).isEmpty() && lacking.isEmpty();
    if (!decided || supported.size() + contradicted.size() > 1) {
      return Outcome.OPEN;
    }
    return supported.isEmpty() ? Outcome.FAILS : Outcome.HOLDS;
  }

  /// Different answers of this verdict.
  private static List<String> of(List<Entry> entries, Claim.Verdict verdict) {
    return entries.stream()
        .filter(entry -> entry.claim().verdict() == verdict)
        .map(entry -> entry.claim().answer())
        .distinct()
        .toList();
  }

  private static boolean excludesNothing(String id) {
    return EXCLUDING_NOTHING.contains(id.split("/", 2)[0]);
  }

  /// Whether studies support different answers of which none is against another.
  public boolean differs() {
    return outcome == Outcome.OPEN && of(entries, Claim.Verdict.SUPPORTED).size() > 1;
  }

  /// Whether it is something that studies can agree on.
  public boolean conclusion() {
    return outcome != Outcome.MEASURED;
  }
}
