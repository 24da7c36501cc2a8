package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;

/// Whether the conclusions of studies agree: of other data, losses, precisions or stopping rules.
///
/// @param studies names, in their order
/// @param settings whether two studies find the same settings good: each pair, scope and outcome
///   that they have in common and that settings can be ranked by
/// @param effects whether they find the same hyper-parameters important
/// @param models ranks of models over all studies
/// @param claims every claim of any study, in all of them
/// @param unmatched why the settings of a scope were not compared, a sentence each
public record StudyAgreement(
    List<String> studies,
    List<SettingAgreement> settings,
    List<EffectAgreement> effects,
    List<ModelsAcross> models,
    List<ClaimAcross> claims,
    List<String> unmatched) {
  public StudyAgreement {
    studies = List.copyOf(studies);
    settings = List.copyOf(settings);
    effects = List.copyOf(effects);
    models = List.copyOf(models);
    claims = List.copyOf(claims);
    unmatched = List.copyOf(unmatched);
  }

  /// Compares at least two studies with different names.
  public static StudyAgreement of(List<ComparedStudy> studies) {
    List<String> names = studies.stream().map(ComparedStudy::name).toList();
    if (studies.size() < 2 || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "a comparison takes at least 2 studies of different names but got " + names);
    }
    List<SettingAgreement> settings = new ArrayList<>();
    List<EffectAgreement> effects = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (int i = 0; i < studies.size(); i++) {
      for (ComparedStudy other : studies.subList(i + 1, studies.size())) {
        pair(studies.get(i), other, settings, effects, unmatched);
      }
    }
    List<ModelsAcross> models = new ArrayList<>();
    for (Landscape landscape : studies.getFirst().landscapes()) {
      if (landscape.scope().model().isEmpty()) {
        studies.getFirst().runs().outcomes().stream()
            .filter(RunSet.Outcome::ranked)
            .forEach(outcome ->
                ModelsAcross.of(studies, landscape, outcome.metric()).ifPresent(models::add));
      }
    }
    return new StudyAgreement(
        names, settings, effects, models, ClaimAcross.all(studies), unmatched);
  }

  private static void pair(
      ComparedStudy one,
      ComparedStudy other,
      List<SettingAgreement> settings,
      List<EffectAgreement> effects,
      List<String> unmatched) {
    for (Landscape landscape : one.landscapes()) {
      Optional<Landscape> like = other.like(landscape);
      if (like.isEmpty()) {
        unmatched.add(
            "%s: %s has it, %s has no scope of this model and reading"
                .formatted(landscape.scope().text(), one.name(), other.name()));
        continue;
      }
      List<SettingAgreement> own = new ArrayList<>();
      for (RunSet.Outcome outcome : one.runs().outcomes()) {
        boolean common =
            other.outcome(outcome.metric()).isPresent()
                && (outcome.shared() || !landscape.scope().model().isEmpty());
        if (common) {
          if (outcome.ranked()) {
            own.add(SettingAgreement.of(one, other, landscape, like.get(), outcome.metric()));
          }
          EffectAgreement.of(one, other, landscape, like.get(), outcome.metric())
              .ifPresent(effects::add);
        }
      }
      settings.addAll(own);
      if (own.stream().noneMatch(SettingAgreement::ordered)) {
        unmatched.add(
            "%s: %s and %s have too few settings in common that learned in both"
                .formatted(landscape.scope().text(), one.name(), other.name()));
      }
    }
  }
}
