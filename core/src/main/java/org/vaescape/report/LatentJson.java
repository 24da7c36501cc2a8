package org.vaescape.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vaescape.study.LatentMap;

/// Maps of latent space as the page's script reads them: `samples` are lists of names; a map names
/// the one of its points and what is known of these, and a point is `[x, y, value, ...]`, where
/// values are places in lists of the texts that there are.
final class LatentJson {
  /// Of a coordinate that is drawn.
  private static final int DIGITS = 4;

  /// Characters of all maps, about: the page can be mailed.
  private static final int MOST = 700_000;

  private LatentJson() {}

  /// As JSON that can stand in a script element. Maps beyond what a page holds are counted as
  /// `left`.
  ///
  /// @param maps those that matter most first
  static String of(List<LatentMap> maps) {
    List<List<String>> samples = new ArrayList<>();
    List<String> drawn = new ArrayList<>();
    long size = 0;
    for (LatentMap map : maps) {
      List<String> own = map.points().stream().map(LatentMap.Point::sample).toList();
      String text = ScriptJson.of(out -> map(out, map, place(samples, own)));
      size += text.length();
      if (!drawn.isEmpty() && size > MOST) {
        break;
      }
      drawn.add(text);
    }
    return ScriptJson.of(out -> {
      out.writeStartObject();
      out.writeNumberField("left", maps.size() - drawn.size());
      out.writeArrayFieldStart("samples");
      for (List<String> names : samples) {
        ScriptJson.texts(out, names);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("maps");
      for (String map : drawn) {
        out.writeRawValue(map);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /// Repeats of one split share their samples.
  private static int place(List<List<String>> samples, List<String> own) {
    if (!samples.contains(own)) {
      samples.add(own);
    }
    return samples.indexOf(own);
  }

  private static void map(JsonGenerator out, LatentMap map, int samples) throws IOException {
    List<List<String>> levels = new ArrayList<>();
    out.writeStartObject();
    out.writeStringField("trial", map.trial());
    out.writeNumberField("samples", samples);
    out.writeArrayFieldStart("shares");
    ScriptJson.number(out, map.first(), DIGITS);
    ScriptJson.number(out, map.second(), DIGITS);
    out.writeEndArray();
    out.writeArrayFieldStart("known");
    for (Map.Entry<String, List<String>> known : map.known().entrySet()) {
      List<String> texts = known.getValue().stream().distinct().toList();
      levels.add(texts);
      out.writeStartObject();
      out.writeStringField("name", known.getKey());
      ScriptJson.texts(out, "values", texts);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("points");
    for (int point = 0; point < map.points().size(); point++) {
      out.writeStartArray();
      ScriptJson.number(out, map.points().get(point).x(), DIGITS);
      ScriptJson.number(out, map.points().get(point).y(), DIGITS);
      int kind = 0;
      for (List<String> values : map.known().values()) {
        out.writeNumber(levels.get(kind++).indexOf(values.get(point)));
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
