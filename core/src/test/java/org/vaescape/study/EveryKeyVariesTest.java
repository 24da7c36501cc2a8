package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Cell;
import org.vaescape.search.Grid;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.study.StudyKeys.Named;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.TrainingSettings;

/// Every key may vary beside every model, every optimizer and every other key of its member: a
/// study of two lists has the trainings of those studies of one value each that can be, and no
/// others. If it is refused, then for a value with which none of these can be.
class EveryKeyVariesTest {
  private static final Pattern REFUSED = Pattern.compile("no cell can have (\\S+) (.+?): .+");
  private static final Numerics HERE = Numerics.of("fp32", "auto", "cpu", 1);
  private static final int SAMPLES = 1_234_567;

  /// With which a batch may have one sample.
  private static final List<String> NO_NORM =
      List.of("train.normalization=none", "train.output-norm=none");

  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  /// A key with values to try.
  ///
  /// @param set as `--set` has it: `models.iwae.samples`
  private record Key(String set, List<String> values) {
    Key {
      values = values.stream().distinct().toList();
    }

    static Key of(String section, HyperParameter setting) {
      Stream<Object> ends =
          switch (setting) {
            case HyperParameter.Real real ->
                Stream.<Object>of(0.0, 1.0).filter(end -> real.range().contains((Double) end));
            case HyperParameter.RealOrWord real ->
                Stream.<Object>of(0.0, 1.0).filter(end -> real.range().contains((Double) end));
            case HyperParameter.Count count -> Stream.of(count.min());
            case HyperParameter.Choice _, HyperParameter.Counts _, HyperParameter.Flag _ ->
                Stream.of();
          };
      return new Key(
          section + "." + setting.name(),
          Stream.of(Stream.of(setting.defaultValue()), setting.others().stream(), ends)
              .flatMap(values -> values)
              .map(Cell::text)
              .toList());
    }

    String all() {
      return set + "=" + String.join(",", values);
    }

    List<String> each() {
      return values.stream().map(value -> set + "=" + value).toList();
    }

    /// As cells call it.
    String name() {
      return set.replaceFirst("^(space|train|models|optimizers)\\.", "")
          .replaceFirst("\\.name$", "");
    }
  }

  private static Key model() {
    return new Key("space.model", Models.CATALOGUE.names());
  }

  private static Key optimizer() {
    return new Key("space.optimizer", Optimizers.CATALOGUE.names());
  }

  /// Keys of `space` and `train`, and those of members of the catalogues that these name.
  private static List<Key> shared() {
    List<Key> keys = new ArrayList<>();
    StudyKeys.NETWORK.values().forEach(setting -> keys.add(Key.of("space", setting)));
    StudyKeys.TRAINING.values().forEach(setting -> keys.add(Key.of("train", setting)));
    keys.add(Key.of("train", StudyKeys.CLIP));
    for (Named named : StudyKeys.NAMED) {
      keys.add(new Key("train." + named.key() + "." + named.word(), named.catalogue().names()));
    }
    keys.removeIf(key -> Set.of("space.model", "space.optimizer").contains(key.set()));
    return keys;
  }

  static List<String> sharedKeys() {
    return shared().stream().map(Key::set).toList();
  }

  @ParameterizedTest
  @MethodSource("sharedKeys")
  void variesBesideEveryModel(String set) {
    assertVaries(NO_NORM, model(), shared(set));
  }

  @ParameterizedTest
  @MethodSource("sharedKeys")
  void variesBesideEveryOptimizer(String set) {
    assertVaries(NO_NORM, optimizer(), shared(set));
  }

  private static Key shared(String set) {
    return shared().stream().filter(key -> key.set().equals(set)).findFirst().orElseThrow();
  }

  static List<String> models() {
    return Models.CATALOGUE.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void settingsOfAModelVaryBesideEachOtherAndTheKeysOfItsLoss(String name) {
    List<Key> own = own("models", Models.CATALOGUE.member(name));
    List<Key> all = new ArrayList<>(own);
    for (String key :
        List.of(
            "space.kl-weight",
            "train.free-bits",
            "train.kl-warm-up.name",
            "train.reconstruction.name",
            "train.objective")) {
      all.add(shared(key));
    }
    assertPairsVary("space.model=" + name, all);
  }

  static List<String> optimizers() {
    return Optimizers.CATALOGUE.names();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void settingsOfAnOptimizerVaryBesideEachOtherAndSchedulers(String name) {
    List<Key> all = own("optimizers", Optimizers.CATALOGUE.member(name));
    all.add(shared("train.scheduler.name"));
    all.add(shared("train.weight-decay"));
    assertPairsVary("space.optimizer=" + name, all);
  }

  @Test
  void settingsOfNamedMembersVaryBesideEachOtherAndTheEpochs() {
    for (Named named : StudyKeys.NAMED) {
      for (Member<?> member : named.catalogue().members()) {
        String section = "train." + named.key();
        List<Key> all = new ArrayList<>();
        member.settings().forEach(setting -> all.add(Key.of(section, setting)));
        all.add(new Key("train.max-epochs", List.of("100", "4", "1")));
        assertPairsVary(section + "." + named.word() + "=" + member.name(), all);
      }
    }
  }

  private static List<Key> own(String section, Member<?> member) {
    return member.settings().stream()
        .map(setting -> Key.of(section + "." + member.name(), setting))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private void assertPairsVary(String beside, List<Key> keys) {
    for (int i = 0; i < keys.size(); i++) {
      for (Key other : keys.subList(i + 1, keys.size())) {
        assertVaries(List.of(beside), keys.get(i), other);
      }
    }
  }

  private void assertVaries(List<String> beside, Key one, Key other) {
    String what = "%s: %s and %s".formatted(beside, one.all(), other.all());
    Study both;
    try {
      both = study(beside, one.all(), other.all());
    } catch (UserError e) {
      assertRefusesAlone(what, beside, one, other, String.valueOf(e.getMessage()));
      return;
    }
    List<TrainingSettings> all =
        both.cells().stream()
            .map(cell -> CellTraining.settings(both, cell, SAMPLES, HERE))
            .toList();
    assertEquals(possible(both), new HashSet<>(all), what);
    assertEquals(all.size(), new HashSet<>(all).size(), what);
  }

  /// The trainings of all combinations of values that would do as a study of their own.
  private static Set<TrainingSettings> possible(Study study) {
    Set<TrainingSettings> possible = new HashSet<>();
    for (Cell cell : new Grid().cells(study.fullSpace())) {
      try {
        possible.add(CellTraining.checked(study, cell, SAMPLES, HERE));
      } catch (IllegalArgumentException _) {
        // Refused by itself.
      }
    }
    return possible;
  }

  /// That none of the studies of one value each can be that have the value which was refused.
  private void assertRefusesAlone(
      String what, List<String> beside, Key one, Key other, String message) {
    Matcher refused = REFUSED.matcher(message);
    assertTrue(refused.find(), what + ": " + message);
    boolean first = refused.group(1).equals(one.name());
    Key key = first ? one : other;
    assertEquals(key.name(), refused.group(1), what);
    for (String set : (first ? other : one).each()) {
      String alone = key.set() + "=" + refused.group(2);
      assertThrows(UserError.class, () -> study(beside, alone, set), what + ": " + message);
    }
  }

  private Study study(List<String> beside, String... more) {
    List<String> sets = new ArrayList<>(beside);
    sets.addAll(List.of(more));
    return StudyFile.parse("data: {matrix: m.tsv}\n", "s.yaml", folder, sets);
  }
}
