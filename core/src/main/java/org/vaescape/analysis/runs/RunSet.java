package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.study.Metric;

/// All runs of a study, or of anybody's table.
///
/// @param name of the study or table
/// @param seed of simulations: equal seeds give equal bits
/// @param runs at most one a setting and repeat; hyper-parameters are called as [ReservedNames] has
///   it
/// @param readings keys whose values are readings; statistics are computed within each. One that
///   all runs have the same value of tells no readings apart, and names none
/// @param crossed whether a repeat shares something in all cells, such as its split of the data
/// @param logarithmic hyper-parameters that count on a logarithmic scale where values lie between
///   those that were tried
/// @param genes that losses are means over; empty if not known, or if they are no means
/// @param outcomes that are looked at, the first one first
/// @param origin what made the runs, which says whose claims they can answer
public record RunSet(
    String name,
    long seed,
    List<Run> runs,
    List<String> readings,
    boolean crossed,
    List<String> logarithmic,
    OptionalInt genes,
    List<Outcome> outcomes,
    Origin origin) {
  /// What made some runs.
  public enum Origin {
    /// A preset of the study whose claims [org.vaescape.analysis.korkic2021.StudyClaims] scores.
    PRESET,
    /// A study of vaescape's that somebody wrote.
    STUDY,
    /// Anything else: what a column means, and how a run ended, only its owner knows.
    TABLE
  }

  public RunSet {
    runs = runs.stream().map(ReservedNames::apart).toList();
    readings = varying(ReservedNames.apart(readings), runs);
    logarithmic = ReservedNames.apart(logarithmic);
    outcomes = List.copyOf(outcomes);
  }

  private static List<String> varying(List<String> keys, List<Run> runs) {
    return keys.stream()
        .filter(key -> runs.stream().map(run -> run.setting(key)).distinct().limit(2).count() > 1)
        .toList();
  }

  /// Anybody's runs.
  public RunSet(
      String name,
      long seed,
      List<Run> runs,
      List<String> readings,
      boolean crossed,
      List<String> logarithmic,
      OptionalInt genes,
      List<Outcome> outcomes) {
    this(name, seed, runs, readings, crossed, logarithmic, genes, outcomes, Origin.TABLE);
  }

  /// Something that was measured of each run.
  ///
  /// @param metric its name
  /// @param shared whether all models can be compared by it: their own losses cannot
  public record Outcome(String metric, Metric.Better better, boolean shared) {
    /// Whether small values are good ones, or neither end is.
    public boolean lowerIsBetter() {
      return better != Metric.Better.HIGHER;
    }

    /// Whether settings can be ranked by it.
    public boolean ranked() {
      return better != Metric.Better.NONE;
    }
  }

  /// The outcomes by which the runs of a landscape can be compared.
  public List<Outcome> outcomesOf(Landscape landscape) {
    return outcomes.stream()
        .filter(outcome -> outcome.shared() || !landscape.scope().model().isEmpty())
        .toList();
  }

  /// Those of them that settings are chosen by.
  public List<Outcome> rankedOf(Landscape landscape) {
    List<Outcome> possible = outcomesOf(landscape);
    return choosing().stream().filter(possible::contains).toList();
  }

  /// The outcomes that settings are chosen by: the first of a model's own and the first that models
  /// share.
  public List<Outcome> choosing() {
    return Stream.of(false, true)
        .flatMap(shared ->
            outcomes.stream().filter(one -> one.ranked() && one.shared() == shared).limit(1))
        .toList();
  }

  /// A landscape for each reading and model, and for each reading one of all models, if there are
  /// several. Runs that name no model, where others do, are in the latter only.
  public List<Landscape> landscapes() {
    List<Landscape> landscapes = new ArrayList<>();
    Map<SequencedMap<String, String>, List<Run>> byReading =
        runs.stream()
            .collect(Collectors.groupingBy(this::reading, LinkedHashMap::new, Collectors.toList()));
    byReading.forEach((reading, ofReading) -> {
      List<String> models =
          ofReading.stream().map(run -> run.setting(Role.MODEL)).distinct().toList();
      for (String model : models) {
        if (!model.isEmpty()) {
          landscapes.add(
              landscape(
                  new Scope(model, reading),
                  ofReading.stream()
                      .filter(run -> run.setting(Role.MODEL).equals(model))
                      .toList()));
        }
      }
      if (models.size() > 1 || models.contains("")) {
        landscapes.add(landscape(new Scope("", reading), ofReading));
      }
    });
    return landscapes.stream()
        .map(own ->
            own.beside(
                landscapes.stream()
                    .filter(one -> one != own && one.scope().model().equals(own.scope().model()))
                    .toList()))
        .toList();
  }

  private Landscape landscape(Scope scope, List<Run> own) {
    return Landscape.of(scope, own, readings, crossed);
  }

  private SequencedMap<String, String> reading(Run run) {
    SequencedMap<String, String> reading = new LinkedHashMap<>();
    for (String key : readings) {
      if (run.settings().containsKey(key)) {
        reading.put(key, run.setting(key));
      }
    }
    return reading;
  }
}
