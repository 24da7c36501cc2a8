package org.vaescape.analysis.runs;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Texts, all different, that know their places: a hyper-parameter that was drawn at random has as
/// many levels as there are runs, and each run asks for its own.
final class LevelTexts extends AbstractList<String> implements RandomAccess {
  /// Fewer are found sooner one by one.
  private static final int FEW = 16;

  private final List<String> texts;
  private final Map<String, Integer> places;

  private LevelTexts(List<String> texts) {
    this.texts = texts;
    this.places = HashMap.newHashMap(texts.size());
    for (int place = 0; place < texts.size(); place++) {
      places.putIfAbsent(texts.get(place), place);
    }
  }

  /// An unmodifiable list of the same texts.
  static List<String> of(List<String> texts) {
    if (texts instanceof LevelTexts) {
      return texts;
    }
    List<String> copy = List.copyOf(texts);
    return copy.size() <= FEW ? copy : new LevelTexts(copy);
  }

  @Override
  public String get(int place) {
    return texts.get(place);
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public int indexOf(@Nullable Object text) {
    return places.getOrDefault(text, -1);
  }

  @Override
  public boolean contains(@Nullable Object text) {
    return places.containsKey(text);
  }
}
