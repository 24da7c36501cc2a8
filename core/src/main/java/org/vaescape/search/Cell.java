package org.vaescape.search;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// One point of the space: a value for every key that can vary, in the order of the space.
///
/// Values are `String`, `Long`, `Double`, `Boolean`, or lists of these. Keys of one model or
/// optimizer are dotted (`iwae.samples`).
public record Cell(SequencedMap<String, Object> values) {
  public Cell {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// The value of this key.
  ///
  /// @throws IllegalArgumentException if the cell has no such key
  public Object value(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no key " + key + " in cell " + values);
    }
    return value;
  }

  public String text(String key) {
    return text(value(key));
  }

  /// Every value as text, in the order of the space.
  public SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, text(value)));
    return texts;
  }

  /// The one way in which a value is written: in files, messages, figures and hashes.
  ///
  /// `0.001`, `1e-5`, `10`, `adam`, `[512, 256]`; a number is the shortest text that reads back as
  /// the same double, in scientific form below 1e-4 and from 1e15.
  public static String text(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Float number -> number(Double.parseDouble(number.toString()));
      case List<?> list ->
          list.stream().map(Cell::text).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (size >= 1e-4 && size < 1e15) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value < 0 ? "-" : "") + mantissa + "e" + exponent;
  }
}
