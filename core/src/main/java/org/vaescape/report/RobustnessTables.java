package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;

/// In which ways of looking claims hold: a row a claim, and in each column how many of the ways
/// that can tell agree. A column leaves its own choice alone and tries all others.
final class RobustnessTables {
  private static final String WITHOUT = "without ";
  private static final int MOST_NAMED = 3;

  private RobustnessTables() {}

  /// A column: a choice, and the rows of a claim that make it.
  private record Choice(String name, Predicate<Robustness.Row> rows) {}

  /// Of these claims; none where none is tried in several ways.
  static List<TextTable> of(List<Claim> claims) {
    List<Claim> tried =
        claims.stream()
            .filter(claim ->
                claim.robustness().filter(ways -> ways.views() > 1 && !ways.robust()).isPresent())
            .toList();
    if (tried.isEmpty()) {
      return List.of();
    }
    List<Robustness.Row> all =
        tried.stream().flatMap(claim -> ways(claim).rows().stream()).toList();
    List<Choice> choices = new ArrayList<>();
    choices.addAll(choices(all, Robustness.Row::scale, RobustnessTables::word));
    choices.addAll(choices(all, Robustness.Row::stop, RobustnessTables::word));
    choices.addAll(choices(all, Robustness.Row::rule, RobustnessTables::word));
    boolean readings = tried.stream().anyMatch(claim -> !ways(claim).readings().isEmpty());
    List<String> header = new ArrayList<>(List.of("claim", "all ways"));
    choices.forEach(choice -> header.add(choice.name()));
    if (readings) {
      header.add("other readings");
    }
    header.add("not without");
    return List.of(
        new TextTable(
            "In how many ways of looking a claim holds, of those that can tell, by scale, by when networks were measured and by how runs count that failed or learned nothing (left out: failed ones are; worst: failed ones are the worst; learned: none but those that learned; worst learned: all as the worst that learned). Claims that hold in all are not listed.",
            header,
            tried.stream().map(claim -> row(claim, choices, readings)).toList()));
  }

  private static List<String> row(Claim claim, List<Choice> choices, boolean readings) {
    Robustness ways = ways(claim);
    List<String> row = new ArrayList<>(List.of(claim.id(), ways.agreeing() + "/" + ways.views()));
    for (Choice choice : choices) {
      row.add(
          counted(
              ways.rows().stream()
                  .filter(choice.rows())
                  .flatMap(one -> one.agrees().stream())
                  .toList()));
    }
    if (readings) {
      row.add(counted(ways.readings().stream().map(Robustness.Reading::agrees).toList()));
    }
    List<String> levels =
        ways.overturnedBy().stream()
            .filter(change -> change.startsWith(WITHOUT) && !change.contains(", "))
            .map(change -> change.substring(WITHOUT.length()))
            .toList();
    row.add(
        String.join(", ", levels.subList(0, Math.min(MOST_NAMED, levels.size())))
            + (levels.size() > MOST_NAMED
                ? ", %s more".formatted(levels.size() - MOST_NAMED)
                : ""));
    return row;
  }

  private static String counted(List<Optional<Boolean>> agrees) {
    List<Boolean> told = agrees.stream().flatMap(Optional::stream).toList();
    long agreeing = told.stream().filter(Boolean::booleanValue).count();
    return told.isEmpty() ? "-" : agreeing == told.size() ? "all" : agreeing + "/" + told.size();
  }

  /// One for each value that ways of looking differ in; none if they do not.
  private static <T> List<Choice> choices(
      List<Robustness.Row> rows, Function<Robustness.Row, T> choice, Function<T, String> name) {
    List<T> values = rows.stream().map(choice).distinct().sorted().toList();
    return values.size() < 2
        ? List.of()
        : values.stream()
            .map(value ->
                new Choice(name.apply(value), row -> Objects.equals(choice.apply(row), value)))
            .toList();
  }

  /// As `sensitivity.json` has it.
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Robustness ways(Claim claim) {
    return claim.robustness().orElseThrow();
  }
}
