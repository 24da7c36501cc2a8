package org.vaescape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Maps of latent space as the page's script reads them: a point is `[x, y, part, value, ...]`,
/// where part and values are places in lists of the texts that there are.
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
        points(out, map);
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().replace("<", "\\u003c");
  }

  private static void points(JsonGenerator out, LatentMap map) throws IOException {
    List<List<String>> levels = new ArrayList<>();
    for (int place = 0; place <= map.labels().size(); place++) {
      int own = place;
      levels.add(map.points().stream().map(point -> known(point).get(own)).distinct().toList());
    }
    out.writeArrayFieldStart("values");
    for (List<String> texts : levels) {
      out.writeStartArray();
      for (String text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("points");
    for (LatentMap.Point point : map.points()) {
      point(out, point, levels);
    }
    out.writeEndArray();
  }

  /// The part, then the values of the labels.
  private static List<String> known(LatentMap.Point point) {
    List<String> known = new ArrayList<>(List.of(point.part()));
    known.addAll(point.values());
    return known;
  }

  private static void point(JsonGenerator out, LatentMap.Point point, List<List<String>> levels)
      throws IOException {
    out.writeStartArray();
    for (float place : List.of(point.x(), point.y())) {
      if (Float.isFinite(place)) {
        out.writeRawValue(Numbers.value(place, DIGITS).replace('−', '-'));
      } else {
        out.writeNull();
      }
    }
    List<String> known = known(point);
    for (int place = 0; place < known.size(); place++) {
      out.writeNumber(levels.get(place).indexOf(known.get(place)));
    }
    out.writeEndArray();
  }
}
