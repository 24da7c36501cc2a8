package org.vaescape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Maps of latent space as the page's script reads them: a point is `[x, y, part, value, ...]`.
final class LatentJson {
  /// Of a coordinate that is drawn.
  private static final int DIGITS = 4;

  private LatentJson() {}

  /// As JSON that can stand in a script element.
  static String of(List<LatentMap> maps) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartArray();
      for (LatentMap map : maps) {
        out.writeStartObject();
        out.writeStringField("trial", map.trial());
        out.writeArrayFieldStart("labels");
        for (String label : map.labels()) {
          out.writeString(label);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("points");
        for (LatentMap.Point point : map.points()) {
          point(out, point);
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().replace("<", "\\u003c");
  }

  private static void point(JsonGenerator out, LatentMap.Point point) throws IOException {
    out.writeStartArray();
    for (float place : List.of(point.x(), point.y())) {
      if (Float.isFinite(place)) {
        out.writeRawValue(Numbers.value(place, DIGITS).replace('−', '-'));
      } else {
        out.writeNull();
      }
    }
    out.writeString(point.part());
    for (String value : point.values()) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
