package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Scope;

/// Which claims of the study hold under which reading of it: a row for each reading, a column for
/// each claim (Steegen and others 2016, Perspectives on Psychological Science 11:702).
///
/// @param scope a model, or all runs
/// @param readings values of the keys that are readings, at least 2
/// @param columns claims that were made under some reading
public record Multiverse(
    String scope, List<SequencedMap<String, String>> readings, List<Column> columns) {
  public Multiverse {
    readings = List.copyOf(readings);
    columns = List.copyOf(columns);
  }

  /// What the runs of one reading say.
  public enum Answer {
    HOLDS,
    FAILS,
    /// Undecided, or not made, since its levels were not tried or nothing learned.
    OPEN
  }

  /// One claim under every reading.
  ///
  /// @param claim its name: `korkic2021/optimizer-most-important`
  /// @param byEstimate by what was measured, noise aside; one for each reading
  /// @param byVerdict by the verdict, which is open where noise or a single seed leaves it so
  /// @param deciding the key that decides best where it holds by estimate, if one does
  public record Column(
      String claim, List<Answer> byEstimate, List<Answer> byVerdict, Optional<Deciding> deciding) {
    public Column {
      byEstimate = List.copyOf(byEstimate);
      byVerdict = List.copyOf(byVerdict);
    }

    /// Readings in which it holds by estimate.
    int holding() {
      return count(byEstimate, Answer.HOLDS);
    }

    /// Readings that can tell by estimate.
    int told() {
      return byEstimate.size() - count(byEstimate, Answer.OPEN);
    }
  }

  /// The key of readings whose value tells most of whether a claim holds.
  ///
  /// @param share of the variance between readings, as 1 where it holds and 0 where it does not,
  ///   that lies between values of the key; 1 if the key decides alone
  /// @param values of the key
  /// @param others keys that tell as much, and cannot be told apart from it
  public record Deciding(String key, double share, List<Value> values, List<String> others) {
    public Deciding {
      values = List.copyOf(values);
      others = List.copyOf(others);
    }

    /// Whether the value of the key settles the claim.
    boolean alone() {
      return share > 1 - ROUNDING;
    }
  }

  /// A value of a key, and readings with it in which a claim holds, of those that can tell.
  public record Value(String value, int holding, int told) {}

  /// A key that tells less than this share of the variance decides nothing.
  static final double LEAST = 0.25;

  private static final double ROUNDING = 1e-9;

  /// The tables of all models, and of all runs together.
  ///
  /// @param scored claims of each scope
  /// @return none of a study without two readings
  public static List<Multiverse> of(SequencedMap<Scope, List<StudyClaim>> scored) {
    SequencedMap<String, SequencedMap<Scope, List<StudyClaim>>> byModel = new LinkedHashMap<>();
    scored.forEach((scope, claims) ->
        byModel.computeIfAbsent(scope.model(), _ -> new LinkedHashMap<>()).put(scope, claims));
    List<Multiverse> tables = new ArrayList<>();
    byModel.forEach((model, own) -> {
      if (own.size() > 1) {
        tables.add(table(new Scope(model, new LinkedHashMap<>()).text(), own));
      }
    });
    return tables;
  }

  private static Multiverse table(String name, SequencedMap<Scope, List<StudyClaim>> own) {
    List<SequencedMap<String, String>> readings =
        own.keySet().stream().map(Scope::reading).toList();
    SequencedSet<String> names = new LinkedHashSet<>();
    own.values().forEach(claims -> claims.forEach(claim -> names.add(claim.name())));
    List<Column> columns = new ArrayList<>();
    for (String claim : names) {
      List<Answer> byEstimate = new ArrayList<>();
      List<Answer> byVerdict = new ArrayList<>();
      for (List<StudyClaim> claims : own.values()) {
        Optional<StudyClaim> made =
            claims.stream().filter(one -> one.name().equals(claim)).findFirst();
        byEstimate.add(
            made.map(one -> one.holds() ? Answer.HOLDS : Answer.FAILS).orElse(Answer.OPEN));
        byVerdict.add(made.map(one -> answer(one.claim().verdict())).orElse(Answer.OPEN));
      }
      columns.add(new Column(claim, byEstimate, byVerdict, deciding(readings, byEstimate)));
    }
    return new Multiverse(name, readings, columns);
  }

  private static Answer answer(Claim.Verdict verdict) {
    return switch (verdict) {
      case SUPPORTED -> Answer.HOLDS;
      case CONTRADICTED -> Answer.FAILS;
      case UNDECIDED -> Answer.OPEN;
    };
  }

  private static int count(List<Answer> answers, Answer one) {
    return (int) answers.stream().filter(one::equals).count();
  }

  /// Empty where all readings that can tell agree, or no key tells enough.
  private static Optional<Deciding> deciding(
      List<SequencedMap<String, String>> readings, List<Answer> answers) {
    int holding = count(answers, Answer.HOLDS);
    int told = answers.size() - count(answers, Answer.OPEN);
    if (holding == 0 || holding == told) {
      return Optional.empty();
    }
    double mean = (double) holding / told;
    String best = "";
    double most = 0;
    List<String> others = new ArrayList<>();
    for (String key : keys(readings)) {
      double between = 0;
      for (Value value : values(readings, answers, key)) {
        double off = (double) value.holding() / value.told() - mean;
        between += off * off * value.told() / told;
      }
      double share = between / (mean * (1 - mean));
      if (share > most + ROUNDING) {
        best = key;
        most = share;
        others.clear();
      } else if (share > most - ROUNDING) {
        others.add(key);
      }
    }
    return most < LEAST
        ? Optional.empty()
        : Optional.of(new Deciding(best, most, values(readings, answers, best), others));
  }

  private static SequencedSet<String> keys(List<SequencedMap<String, String>> readings) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    readings.forEach(reading -> keys.addAll(reading.keySet()));
    return keys;
  }

  /// Values of a key in readings that can tell; a reading without it has the empty value.
  static List<Value> values(
      List<SequencedMap<String, String>> readings, List<Answer> answers, String key) {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) != Answer.OPEN) {
        String value = readings.get(i).getOrDefault(key, "");
        values.merge(
            value,
            new Value(value, answers.get(i) == Answer.HOLDS ? 1 : 0, 1),
            (a, b) -> new Value(value, a.holding() + b.holding(), a.told() + b.told()));
      }
    }
    return List.copyOf(values.values());
  }

  /// One for each claim: in how many readings it holds, and what that hangs on.
  public List<String> sentences() {
    return columns.stream().map(column -> MultiverseWords.sentence(this, column)).toList();
  }

  /// Values of every key for a column, in the order of the keys.
  Map<String, List<Value>> values(Column column) {
    Map<String, List<Value>> values = new LinkedHashMap<>();
    for (String key : keys(readings)) {
      values.put(key, values(readings, column.byEstimate(), key));
    }
    return values;
  }
}
