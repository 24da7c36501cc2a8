package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// What a study says of its hyper-parameters, for a terminal or a page: what was tried, what that
/// comes to in short, then every claim, and tables; or of the claims only those that are decided,
/// by the first outcome that settings are chosen by, and of those of a published study which models
/// support which.
public final class SensitivityText {
  /// Rows of a table that stands below what is decided.
  private static final int SMALL = 12;

  private SensitivityText() {}

  /// A heading, its sentences, and the tables that stand below these.
  ///
  /// @param open whether it is one of those that come first, which everybody reads
  public record Part(String heading, List<String> sentences, List<TextTable> tables, boolean open) {
    public Part {
      sentences = List.copyOf(sentences);
      tables = List.copyOf(tables);
    }

    /// One that can be folded.
    public Part(String heading, List<String> sentences, List<TextTable> tables) {
      this(heading, sentences, tables, false);
    }

    public Part(String heading, List<String> sentences) {
      this(heading, sentences, List.of());
    }

    static Part open(String heading, List<String> sentences) {
      return new Part(heading, sentences, List.of(), true);
    }

    Part and(List<String> further) {
      return new Part(
          heading, Stream.concat(sentences.stream(), further.stream()).toList(), tables, open);
    }

    private boolean filled() {
      return !sentences.isEmpty() || !tables.isEmpty();
    }

    /// `12 sentences, 1 table`.
    String size() {
      List<String> sizes = new ArrayList<>();
      if (!sentences.isEmpty()) {
        sizes.add(Numbers.count(sentences.size(), "sentence"));
      }
      if (!tables.isEmpty()) {
        sizes.add(Numbers.count(tables.size(), "table"));
      }
      return String.join(", ", sizes);
    }
  }

  /// All parts in reading order, sentences before tables, those that are empty left out.
  public static List<Part> parts(Sensitivity found) {
    Set<String> chosenBy = chosenBy(found);
    return Stream.of(
            first(FirstOutcomes.of(found)).stream(),
            ClaimParts.whole(found, chosenBy).all().stream(),
            SensitivityTables.of(found, chosenBy).stream())
        .flatMap(parts -> parts)
        .filter(Part::filled)
        .toList();
  }

  /// All parts as lines.
  public static List<String> lines(Sensitivity found) {
    return lines(parts(found));
  }

  /// As lines the parts that come first, of the others what is decided by the first outcome of each
  /// scope, and how much that leaves out.
  public static List<String> shortLines(Sensitivity found) {
    Set<String> chosenBy = chosenBy(found);
    FirstOutcomes first = FirstOutcomes.of(found);
    ClaimParts decided = ClaimParts.decided(found, chosenBy, decided(first));
    List<Part> tables =
        SensitivityTables.of(found, chosenBy).stream().filter(Part::filled).toList();
    List<Part> small =
        tables.stream()
            .filter(part -> part.heading().equals(SensitivityTables.EVERY_METHOD))
            .filter(part ->
                part.tables().stream().mapToInt(table -> table.rows().size()).sum() <= SMALL)
            .toList();
    List<Part> parts = new ArrayList<>(first(first));
    parts.addAll(decided.all());
    parts.addAll(small);
    List<String> lines = new ArrayList<>(lines(parts.stream().filter(Part::filled).toList()));
    leftOut(ClaimParts.whole(found, chosenBy), decided, count(tables) - count(small))
        .ifPresent(sentence -> {
          lines.add("");
          lines.addAll(Wrapped.lines(sentence, "", "  "));
        });
    return lines;
  }

  /// `Left out: 6 statements that these runs do not decide, 7 pieces of advice in full.`; empty if
  /// nothing is.
  private static Optional<String> leftOut(ClaimParts whole, ClaimParts decided, int tables) {
    int undecided = whole.undecided();
    int others = whole.statements() - undecided - decided.statements();
    List<String> left = new ArrayList<>();
    if (undecided > 0) {
      left.add(Numbers.count(undecided, "statement") + " that these runs do not decide");
    }
    if (others > 0) {
      left.add(Numbers.count(others, left.isEmpty() ? "statement" : "other one"));
    }
    int advice = whole.found().advice().size();
    if (advice > 0 && (!left.isEmpty() || tables > 0)) {
      left.add(Numbers.count(advice, "piece") + " of advice in full");
    }
    if (tables > 0) {
      left.add(Numbers.count(tables, "table"));
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Left out: %s. The same command with --all prints them."
                .formatted(String.join(", ", left)));
  }

  private static int count(List<Part> parts) {
    return parts.stream().mapToInt(part -> part.tables().size()).sum();
  }

  private static List<Part> first(FirstOutcomes first) {
    return List.of(
        Part.open(
            "What was tried", first.found().designs().stream().map(DesignWords::sentence).toList()),
        new InShort(first).part());
  }

  /// By the first outcome of its scope; a count of failures that is one of all runs is not said of
  /// each model.
  private static Predicate<Claim> decided(FirstOutcomes first) {
    Set<String> counted =
        first.found().claims().stream()
            .filter(claim -> claim.metric().isEmpty() && claim.measured())
            .filter(claim -> Scope.together(claim.scope()))
            .map(Claim::id)
            .collect(Collectors.toSet());
    return claim ->
        claim.verdict() != Claim.Verdict.UNDECIDED
            && first.has(claim)
            && (!claim.metric().isEmpty()
                || !claim.measured()
                || counted.isEmpty()
                || counted.contains(claim.id()));
  }

  /// Outcomes that settings are chosen by.
  static Set<String> chosenBy(Sensitivity found) {
    return found.noise().stream()
        .map(SeedNoise::metric)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<String> lines(List<Part> parts) {
    List<String> lines = new ArrayList<>();
    for (Part part : parts) {
      lines.add("");
      lines.addAll(Wrapped.lines(part.heading(), "", "  "));
      part.sentences().forEach(sentence -> lines.addAll(Wrapped.lines(sentence, "  ", "    ")));
      for (TextTable table : part.tables()) {
        lines.addAll(Wrapped.lines(table.caption(), "  ", "  "));
        table.rowLines().forEach(line -> lines.add("  " + line));
      }
    }
    return lines.isEmpty() ? List.of("No run has ended yet.") : lines.subList(1, lines.size());
  }
}
