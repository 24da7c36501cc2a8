package org.vaescape.study.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaescape.search.Cell;

/// Writes mappings in block style and their values in flow style, so that [YamlReader] reads the
/// same values back.
public final class YamlWriter {
  private YamlWriter() {}

  /// The text of `values`, a map of scalars, lists and maps.
  ///
  /// @param comments lines to stand above a key, by its dotted path
  public static String write(Map<String, ?> values, Map<String, List<String>> comments) {
    StringBuilder text = new StringBuilder();
    block(values, "", "", comments, text);
    return text.toString();
  }

  private static void block(
      Map<String, ?> values,
      String indent,
      String path,
      Map<String, List<String>> comments,
      StringBuilder text) {
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      String key = path + entry.getKey();
      for (String line : comments.getOrDefault(key, List.of())) {
        text.append(indent).append(line.isEmpty() ? "#" : "# " + line).append('\n');
      }
      text.append(indent).append(scalar(entry.getKey())).append(':');
      if (entry.getValue() instanceof Map<?, ?> map && !map.isEmpty()) {
        text.append('\n');
        block(section(map), indent + "  ", key + ".", comments, text);
      } else {
        text.append(' ').append(flow(entry.getValue())).append('\n');
      }
    }
  }

  private static Map<String, ?> section(Map<?, ?> map) {
    Map<String, Object> section = new LinkedHashMap<>();
    map.forEach((key, value) -> section.put(String.valueOf(key), value));
    return section;
  }

  private static String flow(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(YamlWriter::flow).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> scalar(String.valueOf(entry.getKey())) + ": " + flow(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case String word -> scalar(word);
      default -> Cell.text(value);
    };
  }

  /// Plain where nothing could take it for something else, else in double quotes.
  private static String scalar(String word) {
    boolean plain =
        word.matches("[A-Za-z/][A-Za-z0-9_./+-]*(:[A-Za-z0-9_./+-]+)*")
            && !word.matches("(?i)true|false|null|y|n|yes|no|on|off");
    if (plain) {
      return word;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
