package org.vaescape.study;

import java.util.List;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.HyperParameter.Choice;

/// A key of a study file, as somebody who writes one needs it.
///
/// @param path dotted; a part in capitals stands for names that a catalogue, or another key, has
/// @param initial the default, empty if there is none
/// @param words those that may stand there, or instead of a part in capitals; empty for other rules
/// @param rule that a value keeps: "a whole number of at least 1"
/// @param meaning one line without a full stop
public record StudyKey(
    String path, String initial, List<String> words, String rule, String meaning) {
  public StudyKey {
    words = List.copyOf(words);
  }

  static StudyKey of(String section, HyperParameter setting) {
    return new StudyKey(
        section + "." + setting.name(),
        Cell.text(setting.defaultValue()),
        setting instanceof Choice choice ? choice.words() : List.of(),
        setting.rule(),
        setting.meaning());
  }

  static StudyKey of(HyperParameter setting) {
    StudyKey below = of("", setting);
    return new StudyKey(setting.name(), below.initial, below.words, below.rule, below.meaning);
  }

  static StudyKey text(String path, String initial, String rule, String meaning) {
    return new StudyKey(path, initial, List.of(), rule, meaning);
  }

  StudyKey withDefault(String other) {
    return new StudyKey(path, other, words, rule, meaning);
  }

  /// What stands last in the path.
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
