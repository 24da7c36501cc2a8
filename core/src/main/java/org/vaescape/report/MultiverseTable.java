package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.korkic2021.Multiverse.Answer;
import org.vaescape.analysis.korkic2021.Multiverse.Column;

/// Which claims of a published study hold under which reading of it: a row a reading, a column a
/// claim, and last the share of readings in which each holds.
///
/// `multiverse.csv` has all scopes, the answers by estimate and those by verdict in rows of their
/// own; of a scope that does not make a claim its field is blank.
public final class MultiverseTable {
  private MultiverseTable() {}

  /// Answers of one kind.
  private record By(String name, Function<Column, List<Answer>> answers) {}

  private static final List<By> BOTH =
      List.of(new By("estimate", Column::byEstimate), new By("verdict", Column::byVerdict));

  /// Writes `multiverse.csv`, or removes an earlier one where nothing has two readings.
  ///
  /// @return whether there is such a file now
  /// @throws UserError if it cannot be written or removed
  public static boolean write(Path file, List<Multiverse> scopes) {
    if (scopes.isEmpty()) {
      WholeFile.delete(file);
      return false;
    }
    SequencedSet<String> keys = new LinkedHashSet<>();
    scopes.forEach(scope -> keys.addAll(keys(scope)));
    SequencedSet<String> claims = new LinkedHashSet<>();
    scopes.forEach(scope -> scope.columns().forEach(column -> claims.add(column.claim())));
    List<String> header = new ArrayList<>(List.of("scope", "by", "reading"));
    header.addAll(keys);
    header.addAll(claims);
    CsvFile.write(
        file,
        header,
        scopes.stream()
            .flatMap(
                scope -> BOTH.stream().flatMap(by -> rows(scope, by, List.copyOf(keys), claims))));
    return true;
  }

  /// A row for each reading, and one of shares.
  private static Stream<List<String>> rows(
      Multiverse scope, By by, List<String> keys, SequencedSet<String> claims) {
    int readings = scope.readings().size();
    return IntStream.rangeClosed(0, readings)
        .mapToObj(row -> {
          List<String> fields = new ArrayList<>(List.of(scope.scope(), by.name()));
          fields.add(row < readings ? Integer.toString(row + 1) : "share");
          keys.forEach(key ->
              fields.add(row < readings ? scope.readings().get(row).getOrDefault(key, "") : ""));
          for (String claim : claims) {
            fields.add(
                scope.columns().stream()
                    .filter(column -> column.claim().equals(claim))
                    .map(by.answers())
                    .map(all -> row < readings ? RobustnessTables.word(all.get(row)) : share(all))
                    .findFirst()
                    .orElse(""));
          }
          return fields;
        });
  }

  /// Between 0 and 1; blank where no reading can tell.
  private static String share(List<Answer> answers) {
    int told = told(answers);
    return told == 0 ? "" : Double.toString((double) holding(answers) / told);
  }

  /// For a terminal or a page, a table each scope.
  static List<TextTable> of(List<Multiverse> scopes) {
    return scopes.stream().map(MultiverseTable::table).toList();
  }

  private static TextTable table(Multiverse scope) {
    List<String> keys = varying(scope);
    List<String> header = new ArrayList<>(List.of("reading"));
    header.addAll(keys);
    int answers = header.size();
    scope.columns().stream()
        .map(column -> column.claim().substring(column.claim().indexOf('/') + 1))
        .forEach(header::add);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < scope.readings().size(); i++) {
      SequencedMap<String, String> reading = scope.readings().get(i);
      List<String> row = new ArrayList<>(List.of(Integer.toString(i + 1)));
      keys.forEach(key -> row.add(reading.getOrDefault(key, "")));
      for (Column column : scope.columns()) {
        Answer decided = column.byVerdict().get(i);
        Answer measured = column.byEstimate().get(i);
        row.add(
            decided == Answer.OPEN && measured != Answer.OPEN
                ? "(" + RobustnessTables.word(measured) + ")"
                : RobustnessTables.word(decided));
      }
      rows.add(row);
    }
    for (By by : BOTH) {
      List<String> row = new ArrayList<>(List.of("holds by " + by.name()));
      row.addAll(Collections.nCopies(keys.size(), ""));
      scope.columns().forEach(column -> row.add(fraction(by.answers().apply(column))));
      rows.add(row);
    }
    return new TextTable(
        "%s: what each reading makes of each claim of korkic2021. In brackets by estimate alone, which noise or a single seed leaves undecided; open: not even by that, since its levels were not tried or nothing learned. Last the share of the readings that can tell in which it holds."
            .formatted(scope.scope()),
        header,
        rows,
        answers);
  }

  /// `12/32`; `-` where no reading can tell.
  private static String fraction(List<Answer> answers) {
    int told = told(answers);
    return told == 0 ? "-" : holding(answers) + "/" + told;
  }

  private static int holding(List<Answer> answers) {
    return Collections.frequency(answers, Answer.HOLDS);
  }

  private static int told(List<Answer> answers) {
    return answers.size() - Collections.frequency(answers, Answer.OPEN);
  }

  /// Keys that tell readings apart: of a stopping rule that differs its tolerance may not.
  private static List<String> varying(Multiverse scope) {
    return keys(scope).stream()
        .filter(key ->
            scope.readings().stream()
                    .map(reading -> reading.getOrDefault(key, ""))
                    .distinct()
                    .count()
                > 1)
        .toList();
  }

  private static SequencedSet<String> keys(Multiverse scope) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    scope.readings().forEach(reading -> keys.addAll(reading.keySet()));
    return keys;
  }
}
