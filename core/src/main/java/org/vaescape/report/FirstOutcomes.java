package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// What was found by the first outcome that the settings of each scope are chosen by.
///
/// @param metrics that outcome, by scope; none of scopes in which nothing learned
record FirstOutcomes(Sensitivity found, SequencedMap<String, String> metrics) {

  static FirstOutcomes of(Sensitivity found) {
    SequencedMap<String, String> metrics = new LinkedHashMap<>();
    found.noise().forEach(noise -> metrics.putIfAbsent(noise.scope(), noise.metric()));
    return new FirstOutcomes(found, metrics);
  }

  /// Whether a claim is about a first outcome, or about none.
  boolean has(Claim claim) {
    return has(claim.scope(), claim.metric());
  }

  boolean has(String scope, String metric) {
    return metric.isEmpty() || metric.equals(metrics.get(scope));
  }

  boolean oneSeed(String scope) {
    return found.designs().stream()
        .anyMatch(design -> design.scope().equals(scope) && design.repeats() == 1);
  }

  /// @param kind that their ids begin with
  Stream<Claim> claims(String kind) {
    return found.claims().stream().filter(claim -> claim.id().startsWith(kind)).filter(this::has);
  }

  /// Empty of an empty id.
  Optional<Claim> claim(String id) {
    return found.claims().stream().filter(claim -> claim.id().equals(id)).findFirst();
  }

  List<Advice> advice(String kind) {
    return found.advice().stream()
        .filter(one -> one.kind().equals(kind))
        .filter(one -> has(one.scope(), one.metric()))
        .toList();
  }

  /// Whether tuning is advised by what it gains over the default, and not by shares.
  boolean gains() {
    List<String> scopes = advice(Advice.TUNE_FIRST).stream().map(Advice::scope).toList();
    return scopes.stream()
        .allMatch(scope ->
            found.userSensitivity().stream()
                .filter(felt -> felt.scope().equals(scope) && has(scope, felt.metric()))
                .anyMatch(felt -> !felt.tunability().isEmpty()));
  }
}
