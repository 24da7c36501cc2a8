package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

class OverridesTest {
  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private Study parse(String text, String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}\n" + text, "s.yaml", folder, List.of(sets));
  }

  private String refusal(String text, String... sets) {
    return String.valueOf(assertThrows(UserError.class, () -> parse(text, sets)).getMessage());
  }

  private static List<String> column(Study study, String key) {
    return study.cells().stream()
        .map(cell -> cell.values().containsKey(key) ? cell.text(key) : "")
        .distinct()
        .toList();
  }

  @Test
  void anotherMatrixTakesNothingOverThatWasSaidOfTheOldOne() throws IOException {
    Files.writeString(
        folder.resolve("s.yaml"),
        "data: {matrix: m.tsv, labels: m.tsv, layer: counts, label-column: a, probe-map: m.tsv}\n");
    Path other = Files.writeString(folder.resolve("n.tsv"), "");
    StudyData data =
        StudyFile.read("s.yaml", new Overrides(List.of(), other, null, null, folder)).data();
    assertEquals(other, data.matrix());
    assertEquals(
        List.of("", "auto", "null", "null"),
        List.of(
            data.layer(),
            data.labelColumn(),
            String.valueOf(data.labels()),
            String.valueOf(data.probeMap())));
  }

  /// What a study asks is true of other data too, but not what the data that come with us are.
  @Test
  void theRemarkOnDataThatComeWithVaescapeIsNotToldOfOthers() {
    Overrides other = new Overrides(List.of(), folder.resolve("m.tsv"), null, null, folder);
    String quickstart = StudyFile.read("quickstart", other).yaml();
    assertTrue(quickstart.startsWith("# The settings of quickstart on m.tsv.\nname:"), quickstart);
    assertFalse(quickstart.contains("148 tumours"), quickstart);
    String published = StudyFile.read("korkic2021", other).yaml();
    assertTrue(published.contains("(Korkic 2021)"), published);
  }

  @Test
  void namesTheOptionThatIsWrong() {
    assertEquals(
        "--set space.latent=-8: space.latent must be a whole number of at least 1 but was -8",
        refusal("", "space.latent=-8"));
    assertEquals(
        "--set space.latnet=8: unknown key space.latnet; did you mean space.latent?",
        refusal("space: {latent: 10}", "space.latnet=8"));
    assertEquals(
        "--set latent: must be KEY=VALUE, such as space.latent=10,50", refusal("", "latent"));
  }

  @Test
  void takesOptionsAsTheCommandLineHasThem() {
    Study study =
        parse(
            "space: {latent: 20}\ntrain: {batch: 100}",
            "space.latent=10,50",
            "space.hidden=[256],[512,256]",
            "repeats=3",
            "space.batch=32,64");
    assertEquals(List.of("10", "50"), column(study, "latent"));
    assertEquals(List.of("[256]", "[512, 256]"), column(study, "hidden"));
    assertEquals(List.of("32", "64"), column(study, "batch"));
    assertEquals(3, study.repeats().count());
    assertEquals(8, study.cells().size());
    Study fixed = parse("repeats: 2", "repeats.split=fixed", "train.stop.min-epochs=3");
    assertEquals(new Repeats(2, Repeats.SplitMode.FIXED), fixed.repeats());
    assertEquals(List.of("3"), column(fixed, "stop.min-epochs"));
  }

  /// A name that comes after its settings does not undo them.
  @Test
  void optionsOfDifferentKeysMayComeInAnyOrder() {
    String name = "space.scheduler=step,constant";
    String setting = "space.scheduler.gamma=0.1,0.5,0.6";
    assertEquals(4, parse("", name, setting).cells().size());
    assertEquals(parse("", name, setting).cells(), parse("", setting, name).cells());
    assertEquals(
        "constant",
        parse("", "train.scheduler=step", "train.scheduler=constant")
            .cells()
            .getFirst()
            .text("scheduler"));
  }

  @Test
  void movesAKeyWithItsSettingsWhenAnOptionMakesItADimension() {
    Study study =
        parse("train: {stop: {tolerance: 0.5, min-epochs: 3}}", "space.stop.tolerance=0.1,0.2");
    assertEquals(List.of("0.1", "0.2"), column(study, "stop.tolerance"));
    assertEquals(List.of("3"), column(study, "stop.min-epochs"));
  }
}
