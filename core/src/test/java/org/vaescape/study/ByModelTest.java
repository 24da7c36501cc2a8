package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.search.Cell;

/// Keys whose value differs between models, or between objectives.
class ByModelTest {
  @TempDir Path folder;

  @BeforeEach
  void putMatricesThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
    Files.writeString(folder.resolve("HiSeqV2.gz"), "");
    Files.writeString(
        folder.resolve("EB++AdjustPANCAN_IlluminaHiSeq_RNASeqV2.geneExp.xena.gz"), "");
  }

  private Study parse(String text, String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}\n" + text, "s.yaml", folder, List.of(sets));
  }

  /// The values of a key by those of another; blank where a cell has none.
  private static Map<String, Set<String>> by(Study study, String other, String key) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Cell cell : study.cells()) {
      values
          .computeIfAbsent(cell.text(other), _ -> new TreeSet<>())
          .add(cell.values().containsKey(key) ? cell.text(key) : "");
    }
    return values;
  }

  private void staysTheSame(Study study) {
    Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
    assertEquals(study.yaml(), again.yaml());
    assertEquals(study, again);
  }

  @Test
  void weighsTheKlOfOneModelOtherwise() {
    Study study =
        parse(
            "space: {model: [vae, dip-vae, iwae, ae], kl-weight: {dip-vae: [1, 2], others: batch/n}}");
    assertEquals(
        Map.of(
            "vae", Set.of("batch/n"),
            "dip-vae", Set.of("1", "2"),
            "iwae", Set.of("batch/n"),
            "ae", Set.of("")),
        by(study, "model", "kl-weight"));
    assertTrue(
        study.yaml().contains("  kl-weight:\n    dip-vae: [1, 2]\n    others: batch/n\n"),
        study::yaml);
    staysTheSame(study);
    assertEquals(
        Map.of("vae", Set.of("0.1"), "dip-vae", Set.of("3")),
        by(
            parse("space: {model: [vae, dip-vae], kl-weight: 0.1}", "space.kl-weight.dip-vae=3"),
            "model",
            "kl-weight"));
  }

  @Test
  void takesAnotherSchedulerForOneModel() {
    Study study =
        parse(
            """
            space: {model: [vae, beta-tcvae, dip-vae], optimizer: [adam, rprop]}
            train:
              scheduler: {name: {beta-tcvae: constant, others: exponential}, gamma: {dip-vae: 0.97, others: 0.9}}
            """);
    Map<String, Set<String>> names = by(study, "model", "scheduler");
    assertEquals(Set.of("", "constant"), names.get("beta-tcvae"));
    assertEquals(Set.of("", "exponential"), names.get("vae"));
    assertEquals(
        Map.of(
            "vae", Set.of("", "0.9"),
            "beta-tcvae", Set.of(""),
            "dip-vae", Set.of("", "0.97")),
        by(study, "model", "scheduler.gamma"));
    assertEquals(6, study.cells().size());
    staysTheSame(study);
  }

  @Test
  void theKlHasTheWeightOfTheEvidenceBoundWhereTheLossIsInNats() {
    assertEquals(
        Map.of("elbo", Set.of("1")),
        by(parse("train: {objective: elbo}"), "objective", "kl-weight"));
    assertEquals(Map.of("mean", Set.of("0.00025")), by(parse(""), "objective", "kl-weight"));
    assertTrue(parse("train: {objective: elbo}").yaml().contains("kl-weight: 1"));
    Study both = parse("space: {objective: [mean, elbo]}");
    assertEquals(
        Map.of("mean", Set.of("0.00025"), "elbo", Set.of("1")), by(both, "objective", "kl-weight"));
    assertTrue(both.yaml().contains("  kl-weight:\n    mean: 0.00025\n    elbo: 1\n"), both::yaml);
    staysTheSame(both);
    assertEquals(
        Map.of("mean", Set.of("0.5"), "elbo", Set.of("0.5")),
        by(parse("space: {objective: [mean, elbo], kl-weight: 0.5}"), "objective", "kl-weight"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space: {model: [vae, iwae], kl-weight: {vae: 1}}|s.yaml: kl-weight has values for some models \
          or objectives, but none for iwae under objective mean; add it, or others for all that are not named
          space: {objective: [mean, elbo], kl-weight: {elbo: 1}}|s.yaml: kl-weight has values for some \
          models or objectives, but none for vae under objective mean; add it, or others for all that are not named
          space: {kl-weight: {vea: 1, others: 2}}|s.yaml, line 2: unknown model vea; did you mean vae?
          space: {kl-weight: {ae: 1, others: 2}}|s.yaml, line 2: the model ae has no KL term that \
          kl-weight could weigh; take it away here
          space: {kl-weight: {mean: 1, others: 2}}|s.yaml, line 2: space.kl-weight.mean stands beside \
          others; give a value to others, or one to each objective
          space: {kl-weight: {vae: -1}}|s.yaml, line 2: space.kl-weight: kl-weight must be a number in \
          [0, inf) or batch/n but was -1
          train: {scheduler: {name: {vae: constant}}, batch: 2}|
          """)
  void refusesWhatIsIncomplete(String text, String message) {
    if (message == null) {
      assertEquals(Set.of("constant"), by(parse(text), "model", "scheduler").get("vae"));
      return;
    }
    assertEquals(message, assertThrows(UserError.class, () -> parse(text)).getMessage());
  }

  @Test
  void thePresetsOfPublishedStudiesHaveTheirConfigurations() {
    Study eltager =
        StudyFile.read("eltager2023", new Overrides(List.of(), null, null, null, folder));
    Map<String, Set<String>> weights = by(eltager, "model", "kl-weight");
    assertEquals(Set.of("1"), weights.remove("dip-vae"));
    assertEquals(Set.of(""), weights.remove("beta-tcvae")); // by compat it has none
    assertEquals(Set.of(Set.of("batch/n")), new HashSet<>(weights.values()));
    assertEquals(
        Map.of(
            "vae", Set.of("0.95"),
            "capacity-vae", Set.of("0.95"),
            "beta-tcvae", Set.of(""),
            "dip-vae", Set.of("0.97"),
            "iwae", Set.of("0.95"),
            "cat-vae", Set.of("0.95")),
        by(eltager, "model", "scheduler.gamma"));
    assertEquals("eltager", eltager.validationCompat());
    staysTheSame(eltager);
    Study tybalt = StudyFile.read("tybalt2018", new Overrides(List.of(), null, null, null, folder));
    assertEquals(Map.of("vae", Set.of("0.01")), by(tybalt, "model", "norm-momentum"));
    assertEquals(Map.of("vae", Set.of("0.001")), by(tybalt, "model", "norm-epsilon"));
    staysTheSame(tybalt);
  }
}
