package org.vaescape.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.vaescape.UserError;

/// Keeps trials that cannot be compared out of one store.
///
/// The store keeps, under the note `comparable`, what its trials agree in. More repeats, more
/// values of a key and keys that move into `space` only add trials, and fewer values take none away
/// from the store; anything else is refused.
public final class Comparability {
  private static final String NOTE = "comparable";

  /// The key of [Identity#NUMERICS].
  private static final String NUMERICS = "numerics";

  /// Claimed by who reads and writes the note; as good as never the id of a trial.
  private static final String BINDING = "ffffffffffffffff";

  private static final long NANOS_BETWEEN_TRIES = 20_000_000;

  private Comparability() {}

  /// Checks that the plan's trials can be compared with those of the store, and changes nothing.
  ///
  /// @param folder of the store, for messages
  /// @throws UserError if they cannot, naming the keys that differ with both values
  public static void check(Path folder, Plan plan, TrialStore store) {
    refuseDifferences(folder, kept(store), plan.facts());
  }

  /// Makes the store the plan's.
  ///
  /// @param folder of the store, for messages
  /// @throws UserError if the store holds trials that cannot be compared with the plan's, naming
  ///   the keys that differ with both values; nothing is changed then
  public static void claim(Path folder, Plan plan, TrialStore store) {
    claim(folder, plan, store, () -> {});
  }

  /// The same, and does something to the store before another process can claim it.
  static void claim(Path folder, Plan plan, TrialStore store, Runnable then) {
    try (Claim _ = alone(store)) {
      SequencedMap<String, Set<String>> kept = kept(store);
      refuseDifferences(folder, kept, plan.facts());
      plan.facts()
          .forEach((key, values) -> {
            Set<String> all = new LinkedHashSet<>(kept.getOrDefault(key, Set.of()));
            all.addAll(values);
            kept.put(key, all);
          });
      store.note(NOTE, text(kept));
      then.run();
    }
  }

  private static Claim alone(TrialStore store) {
    Optional<Claim> claim = store.claim(BINDING);
    while (claim.isEmpty()) {
      LockSupport.parkNanos(NANOS_BETWEEN_TRIES); // others have it for one write of the store
      claim = store.claim(BINDING);
    }
    return claim.get();
  }

  /// What the trials of the store agree in. A run that was stopped before its first trial binds
  /// nobody.
  static SequencedMap<String, Set<String>> kept(TrialStore store) {
    return facts(store.digests().isEmpty() ? "" : store.note(NOTE).orElse(""));
  }

  /// A key in which trials of the store and of a plan differ, so that they cannot be compared.
  ///
  /// @param there its values in the store
  /// @param here its values in the plan
  public record Difference(String key, Set<String> there, Set<String> here) {

    /// `seed is 1 there and 2 here`.
    public String text() {
      return "%s is %s there and %s here".formatted(key, words(there), words(here));
    }

    private static String words(Set<String> values) {
      return values.stream()
          .map(value -> value.isEmpty() ? "none" : value)
          .collect(Collectors.joining(" or "));
    }
  }

  /// Every key in which the plan's trials and those of the store differ so.
  public static List<Difference> differences(Plan plan, TrialStore store) {
    return differences(kept(store), plan.facts());
  }

  private static List<Difference> differences(
      Map<String, Set<String>> kept, Map<String, Set<String>> planned) {
    List<Difference> differences = new ArrayList<>();
    planned.forEach((key, values) -> {
      String before = Identity.LATER.get(key);
      Set<String> old =
          kept.getOrDefault(key, kept.isEmpty() || before == null ? values : Set.of(before));
      if (!old.containsAll(values) && !values.containsAll(old)) {
        differences.add(new Difference(key, old, values));
      }
    });
    return differences;
  }

  private static void refuseDifferences(
      Path folder, Map<String, Set<String>> kept, Map<String, Set<String>> planned) {
    Set<String> numerics = kept.getOrDefault(NUMERICS, planned.get(NUMERICS));
    if (numerics != null && !numerics.equals(planned.get(NUMERICS))) {
      throw new UserError(
          "%s holds trials of another version of vaescape, whose numbers are not those of this one (numerics is %s there and %s here), so that none can be added to them; report, analyze and serve still show them, and another folder (--out) takes trials of this version"
              .formatted(
                  folder,
                  Difference.words(numerics),
                  Difference.words(planned.getOrDefault(NUMERICS, Set.of()))));
    }
    List<Difference> differences = differences(kept, planned);
    if (!differences.isEmpty()) {
      throw new UserError(
          "%s holds trials that cannot be compared with these: %s; choose another folder by --out, or change that back"
              .formatted(
                  folder,
                  differences.stream().map(Difference::text).collect(Collectors.joining(", "))));
    }
  }

  private static SequencedMap<String, Set<String>> facts(String text) {
    SequencedMap<String, Set<String>> facts = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      List<String> cells = Arrays.asList(line.split("\t", -1));
      facts.put(cells.getFirst(), new LinkedHashSet<>(cells.subList(1, cells.size())));
    }
    return facts;
  }

  private static String text(Map<String, Set<String>> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "\t" + String.join("\t", fact.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
