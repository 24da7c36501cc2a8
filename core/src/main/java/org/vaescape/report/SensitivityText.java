package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// What a study says of its hyper-parameters, for a terminal or a page: what was tried, what that
/// comes to in short, then sentences about the outcomes that settings are chosen by, and tables. Of
/// the claims of a published study only which models support which. All of them, with their
/// numbers, are in `sensitivity.json`.
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
            first(found, InShort.of(found)).stream(),
            new ClaimParts(found, chosenBy, _ -> true).all().stream(),
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
    InShort inShort = InShort.of(found);
    ClaimParts all = new ClaimParts(found, chosenBy, _ -> true);
    ClaimParts decided = new ClaimParts(found, chosenBy, decided(found, inShort));
    List<Part> tables =
        SensitivityTables.of(found, chosenBy).stream().filter(Part::filled).toList();
    List<Part> small =
        tables.stream()
            .filter(part -> part.heading().equals(SensitivityTables.EVERY_METHOD))
            .filter(part ->
                part.tables().stream().mapToInt(table -> table.rows().size()).sum() <= SMALL)
            .toList();
    List<Part> parts = new ArrayList<>(first(found, inShort));
    parts.addAll(decided.decided());
    parts.addAll(small);
    List<String> lines = new ArrayList<>(lines(parts.stream().filter(Part::filled).toList()));
    List<String> left = new ArrayList<>();
    long undecided =
        all.claims().stream().filter(one -> one.verdict() == Claim.Verdict.UNDECIDED).count();
    long others = all.sentences() - undecided - decided.claims().size();
    int leftTables = count(tables) - count(small);
    if (undecided > 0) {
      left.add(Numbers.count(undecided, "statement") + " that these runs do not decide");
    }
    if (others > 0) {
      left.add(Numbers.count(others, left.isEmpty() ? "statement" : "other one"));
    }
    if (!left.isEmpty() || leftTables > 0) {
      left.add(
          found.advice().size() == 1
              ? "1 piece of advice in full"
              : found.advice().size() + " pieces of advice in full");
      if (leftTables > 0) {
        left.add(Numbers.count(leftTables, "table"));
      }
      lines.add("");
      lines.addAll(
          Wrapped.lines(
              "Left out: %s. The same command with --all prints them."
                  .formatted(String.join(", ", left)),
              "",
              "  "));
    }
    return lines;
  }

  private static int count(List<Part> parts) {
    return parts.stream().mapToInt(part -> part.tables().size()).sum();
  }

  private static List<Part> first(Sensitivity found, InShort inShort) {
    return List.of(
        Part.open("What was tried", found.designs().stream().map(DesignWords::sentence).toList()),
        inShort.part());
  }

  /// By the first outcome of its scope; a count of failures that is one of all runs is not said of
  /// each model.
  private static Predicate<Claim> decided(Sensitivity found, InShort inShort) {
    Set<String> counted =
        found.claims().stream()
            .filter(claim -> claim.metric().isEmpty() && claim.measured())
            .filter(claim -> Scope.together(claim.scope()))
            .map(Claim::id)
            .collect(Collectors.toSet());
    return claim ->
        claim.verdict() != Claim.Verdict.UNDECIDED
            && inShort.first(claim)
            && (!claim.metric().isEmpty()
                || !claim.measured()
                || counted.isEmpty()
                || counted.contains(claim.id()));
  }

  /// Outcomes that settings are chosen by.
  private static Set<String> chosenBy(Sensitivity found) {
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
