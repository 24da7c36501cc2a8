package org.vaescape.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Constants of an enum as the words of a study file: `GENES_IN_ROWS` is `genes-in-rows`.
final class Words {
  private Words() {}

  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E of(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (text(constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "must be one of %s but was %s"
            .formatted(
                Arrays.stream(type.getEnumConstants())
                    .map(Words::text)
                    .collect(Collectors.joining(", ")),
                word));
  }
}
