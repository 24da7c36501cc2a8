package org.vaescape.analysis.korkic2021;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// How a column of a [Multiverse] reads.
final class MultiverseWords {
  private MultiverseWords() {}

  /// `vae: korkic2021/best-learning-rate-0.001 holds in 12 of 32 readings, all of them with
  /// output-norm none (12 of 16). ...`
  static String sentence(Multiverse table, Multiverse.Column column) {
    int told = column.told();
    int open = column.byEstimate().size() - told;
    return "%s: %s holds in %s%s%s. By verdict: supported in %s, contradicted in %s, undecided in %s."
        .formatted(
            table.scope(),
            column.claim(),
            howMany(column.holding(), told),
            hangsOn(table, column),
            open == 0 ? "" : " (open in " + open + " more)",
            count(column, Multiverse.Answer.HOLDS),
            count(column, Multiverse.Answer.FAILS),
            count(column, Multiverse.Answer.OPEN));
  }

  private static String howMany(int holding, int told) {
    return holding == 0
        ? "none of " + told + " readings"
        : holding == told ? "all " + told + " readings" : holding + " of " + told + " readings";
  }

  private static long count(Multiverse.Column column, Multiverse.Answer answer) {
    return column.byVerdict().stream().filter(answer::equals).count();
  }

  private static String hangsOn(Multiverse table, Multiverse.Column column) {
    if (column.holding() == 0 || column.holding() == column.told()) {
      return "";
    }
    Optional<Multiverse.Deciding> deciding = column.deciding();
    if (deciding.isPresent() && deciding.get().alone()) {
      return ": " + alone(deciding.get());
    }
    return only(table, column, true)
        .or(() -> only(table, column, false))
        .orElseGet(() ->
            deciding
                .map(one ->
                    "; " + one.key() + " tells most of it: " + rates(one.values(), one.key()))
                .orElse("; no single reading decides"));
  }

  /// `in all with output-norm none, in none with output-norm batch`.
  private static String alone(Multiverse.Deciding deciding) {
    return deciding.values().stream()
            .sorted((one, other) -> Integer.compare(other.holding(), one.holding()))
            .map(value ->
                "in %s with %s %s"
                    .formatted(value.holding() > 0 ? "all" : "none", deciding.key(), value.value()))
            .collect(Collectors.joining(", "))
        + (deciding.others().isEmpty()
            ? ""
            : " (as well told by " + StudyLevels.and(deciding.others()) + ", which went with it)");
  }

  /// The values that all readings share in which a claim holds, or in which it does not.
  private static Optional<String> only(
      Multiverse table, Multiverse.Column column, boolean holding) {
    SequencedMap<String, String> shared = new LinkedHashMap<>();
    table
        .values(column)
        .forEach((key, values) -> {
          List<Multiverse.Value> such =
              values.stream().filter(value -> number(value, holding) > 0).toList();
          if (such.size() == 1 && values.size() > 1) {
            shared.put(key, such.getFirst().value());
          }
        });
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    int like = 0;
    for (int i = 0; i < table.readings().size(); i++) {
      SequencedMap<String, String> reading = table.readings().get(i);
      boolean alike =
          shared.entrySet().stream()
              .allMatch(one -> reading.getOrDefault(one.getKey(), "").equals(one.getValue()));
      like += alike && column.byEstimate().get(i) != Multiverse.Answer.OPEN ? 1 : 0;
    }
    return Optional.of(
        (holding ? ", all of them with %s (%s of %s)" : "; it fails only with %s (in %s of %s)")
            .formatted(
                StudyLevels.and(
                    shared.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .toList()),
                holding ? column.holding() : column.told() - column.holding(),
                like));
  }

  private static int number(Multiverse.Value value, boolean holding) {
    return holding ? value.holding() : value.told() - value.holding();
  }

  private static String rates(List<Multiverse.Value> values, String key) {
    return values.stream()
        .map(value ->
            "%s of %s with %s %s".formatted(value.holding(), value.told(), key, value.value()))
        .collect(Collectors.joining(", "));
  }
}
