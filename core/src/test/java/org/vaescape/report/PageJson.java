package org.vaescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a page carries for its script.
public final class PageJson {
  private PageJson() {}

  /// The JSON of the element of this id.
  public static JsonNode of(String html, String id) throws IOException {
    String start = "<script type=\"application/json\" id=\"%s\">".formatted(id);
    int from = html.indexOf(start) + start.length();
    return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  /// The texts of a column of trials, by row.
  public static List<String> column(JsonNode data, String name) {
    for (JsonNode column : data.get("columns")) {
      if (column.get("name").asText().equals(name)) {
        List<String> texts = new ArrayList<>();
        if (column.has("texts")) {
          column.get("texts").forEach(text -> texts.add(text.asText()));
        } else {
          JsonNode levels = column.get("levels");
          column.get("rows").forEach(row -> texts.add(levels.get(row.asInt()).asText()));
        }
        return texts;
      }
    }
    throw new IllegalArgumentException("no column " + name);
  }
}
