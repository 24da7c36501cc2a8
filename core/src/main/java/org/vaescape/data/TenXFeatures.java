package org.vaescape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The rows of a matrix of 10x Genomics: genes, and what else was counted in the same cells.
///
/// @param names of the genes, all different
/// @param place of each feature among the genes; -1 of what is none
/// @param notes what was left out
record TenXFeatures(List<String> names, int[] place, List<String> notes) {
  static final String EXPRESSION = "Gene Expression";

  /// @param source file and place of the names, for messages
  static TenXFeatures of(
      String source, List<String> ids, List<String> symbols, List<String> kinds) {
    AxisNames.checked(source, "genes", ids, ids.size());
    boolean some = kinds.contains(EXPRESSION);
    int[] place = new int[ids.size()];
    int next = 0;
    for (int i = 0; i < place.length; i++) {
      place[i] = !some || kinds.get(i).equals(EXPRESSION) ? next++ : -1;
    }
    List<String> notes = new ArrayList<>();
    if (next < place.length) {
      List<String> others = kinds.stream().filter(k -> !k.equals(EXPRESSION)).distinct().toList();
      notes.add(
          "%s: %s of %s features are no genes (%s) and are left out"
              .formatted(source, place.length - next, place.length, String.join(", ", others)));
    }
    List<Integer> kept =
        IntStream.range(0, place.length).filter(i -> place[i] >= 0).boxed().toList();
    List<String> names =
        AxisNames.ofGenes(
            kept.stream().map(symbols::get).toList(), kept.stream().map(ids::get).toList());
    return new TenXFeatures(
        AxisNames.checked(source, "genes", names, names.size()),
        Arrays.copyOf(place, place.length),
        notes);
  }

  int kept() {
    return names.size();
  }
}
