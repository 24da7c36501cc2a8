package org.vaescape.dependencies;

import java.util.Comparator;

/// The order of versions: numbers between dots and hyphens, one after the other; a missing one is
/// 0, and what is no number comes before all numbers, as `-rc1` does before nothing.
final class Versions {
  private static final Comparator<String> ORDER =
      Comparator.comparing((String part) -> part.matches("[0-9]+"))
          .thenComparingLong(part -> part.matches("[0-9]{1,18}") ? Long.parseLong(part) : 0L)
          .thenComparing(Comparator.naturalOrder());

  private Versions() {}

  static int compare(String one, String other) {
    String[] first = one.split("[.-]", -1);
    String[] second = other.split("[.-]", -1);
    for (int i = 0; i < Math.max(first.length, second.length); i++) {
      int order = ORDER.compare(part(first, i), part(second, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String part(String[] parts, int place) {
    return place < parts.length ? parts[place] : "0";
  }
}
