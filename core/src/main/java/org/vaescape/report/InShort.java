package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.advice.Advice;

/// What a study comes to, in a sentence for each thing that a user asks first, by the first outcome
/// that the settings of each scope are chosen by. It is made of claims, of advice in brief, and of
/// the share of a hyper-parameter that alone varied, of which there is no claim.
record InShort(FirstOutcomes first) {
  private static final String TITLE = "In short";

  SensitivityText.Part part() {
    ShareGists shares = new ShareGists(first);
    AdviceGists advice = new AdviceGists(first);
    List<String> sentences = new ArrayList<>();
    add(sentences, "Matters most, by share of the variation", shares.largest());
    add(sentences, "Next to nothing, by share of the variation", shares.negligible());
    add(sentences, "Start from", advice.judged(Advice.START));
    add(
        sentences,
        first.gains() ? "Tune first, by what it gains over the default" : "Tune first",
        advice.judged(Advice.TUNE_FIRST));
    add(sentences, "Keep", advice.judged(Advice.KEEP));
    add(sentences, "Do not bother with", advice.judged(Advice.DO_NOT_BOTHER));
    boolean ofMetrics = !sentences.isEmpty();
    GistSentence.of("Avoid", advice.avoided(), scopes()).ifPresent(sentences::add);
    add(sentences, "Next", advice.next());
    return SensitivityText.Part.open(ofMetrics ? heading() : TITLE, sentences);
  }

  private void add(List<String> sentences, String label, List<Gist> gists) {
    GistSentence.of(label, GistSentence.mostFirst(gists), scopes()).ifPresent(sentences::add);
  }

  private int scopes() {
    return first.found().designs().size();
  }

  /// `In short, by val_reconstruction (all runs: val_mse)`.
  private String heading() {
    SequencedMap<String, List<String>> scopes = new LinkedHashMap<>();
    first
        .metrics()
        .forEach(
            (scope, metric) -> scopes.computeIfAbsent(metric, _ -> new ArrayList<>()).add(scope));
    String others =
        scopes.entrySet().stream()
            .skip(1)
            .map(one -> GistSentence.named("; ", one.getValue()) + ": " + one.getKey())
            .collect(Collectors.joining("; "));
    return "%s, by %s%s%s"
        .formatted(
            TITLE,
            scopes.firstEntry().getKey(),
            others.isEmpty() ? "" : " (" + others + ")",
            first.found().noise().size() > first.metrics().size()
                ? ", the first outcome that settings are chosen by"
                : "");
  }
}
