package org.vaescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// What a page carries for its script.
public final class PageJson {
  private PageJson() {}

  /// The JSON that is packed in the element of this id.
  public static JsonNode of(String html, String id) throws IOException {
    String start = "<script type=\"text/plain\" id=\"%s\">".formatted(id);
    int from = html.indexOf(start) + start.length();
    byte[] packed =
        Base64.getDecoder().decode(html.substring(from, html.indexOf("</script>", from)));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new ObjectMapper().readTree(in.readAllBytes());
    }
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
