package org.vaescape.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.search.Cell;
import org.vaescape.search.Condition;
import org.vaescape.search.Dimension;
import org.vaescape.search.Search;
import org.vaescape.search.Searches;
import org.vaescape.search.Space;

/// One question asked of one data set, resolved: every default is filled in.
///
/// @param space dimensions as the section `space` has them
/// @param readings dimensions that settle what a paper leaves open
/// @param rules everything else that a cell has: the training rule, the settings of models and
///   optimizers, `validation.latent` and `data.fit`
/// @param timeLimit of a trial, null for none; no part of what a trial is, since a slower machine
///   needs more
/// @param validationCompat `none`, or `eltager` for losses as their code has them
/// @param outcomesCompat `none`, or `eltager` for their clusters among the outcomes
/// @param search name of a member of [Searches#CATALOGUE]
/// @param precision `auto`, `fp32`, `bf16`
/// @param path `auto`, `plain`
/// @param device `auto`, `cpu`, `cuda`
/// @param threads that one trial computes on
/// @param keepWeights of which trials weights are kept
/// @param store file name in the study's folder, or the text of a [DatabaseUrl]
/// @param comments lines that explain a key, by its dotted path in the study file
public record Study(
    String name,
    StudyData data,
    List<Dimension> space,
    List<Dimension> readings,
    List<Dimension> rules,
    @Nullable Duration timeLimit,
    String validationCompat,
    String outcomesCompat,
    String search,
    Repeats repeats,
    StudySeeds seeds,
    String precision,
    String path,
    String device,
    int threads,
    KeepWeights keepWeights,
    String store,
    SequencedMap<String, List<String>> comments) {
  public Study {
    space = List.copyOf(space);
    readings = List.copyOf(readings);
    rules = List.copyOf(rules);
    comments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(comments));
  }

  /// The keys of all cells: `model` first, the others in the order of the file, a key that depends
  /// on another after it.
  public Space fullSpace() {
    List<Dimension> waiting = new ArrayList<>();
    Stream.of(space, readings, rules).forEach(waiting::addAll);
    List<Dimension> ordered = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    Set<String> all = new HashSet<>(waiting.stream().map(Dimension::key).toList());
    while (!waiting.isEmpty()) {
      Dimension next =
          waiting.stream()
              .filter(dimension -> placed.contains("model") || dimension.key().equals("model"))
              .filter(dimension ->
                  dimension.conditions().stream()
                      .map(Condition::key)
                      .filter(all::contains)
                      .allMatch(placed::contains))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("keys in a circle: " + waiting));
      waiting.remove(next);
      ordered.add(next);
      placed.add(next.key());
    }
    return new Space(ordered);
  }

  /// The seed of everything that has none of its own.
  public long seed() {
    return seeds.seed();
  }

  /// What is tried, in order: no training twice, and in no cell a key that changes nothing or has
  /// no meaning there.
  public List<Cell> cells() {
    return unfolded().cells();
  }

  /// What is tried, and what of the space cannot be.
  Unfolded unfolded() {
    Search method = Searches.CATALOGUE.member(search).create(Map.of());
    return new Applicability(this).unfolded(method.cells(fullSpace()));
  }

  /// The same study, asked of a matrix of this content only.
  public Study withDataHash(String hash) {
    return new Study(
        name,
        data.withHash(hash),
        space,
        readings,
        rules,
        timeLimit,
        validationCompat,
        outcomesCompat,
        search,
        repeats,
        seeds,
        precision,
        path,
        device,
        threads,
        keepWeights,
        store,
        comments);
  }

  /// The study as a study file; reading it gives the same trials.
  public String yaml() {
    return StudyText.of(this);
  }

  /// Of which trials weights are kept.
  public enum KeepWeights {
    NONE,
    /// Of each model the learned trial with the lowest `val_mse`.
    BEST,
    ALL
  }
}
