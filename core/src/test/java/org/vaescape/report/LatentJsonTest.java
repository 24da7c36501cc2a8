package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.study.LatentMap;

class LatentJsonTest {
  private static LatentMap map(String trial, List<String> samples, List<String> labels) {
    List<LatentMap.Point> points = new ArrayList<>();
    for (String sample : samples) {
      points.add(new LatentMap.Point(sample, points.size() - 1.23456f, -points.size()));
    }
    SequencedMap<String, List<String>> known = new LinkedHashMap<>();
    known.put("label", labels);
    return new LatentMap(trial, .5, .25, points, known);
  }

  private static JsonNode json(List<LatentMap> maps) throws Exception {
    return new ObjectMapper().readTree(LatentJson.of(maps));
  }

  @Test
  void namesSamplesAndTextsOnce() throws Exception {
    List<String> samples = List.of("S1", "S2", "S3");
    List<String> labels = List.of("</script>", "", "</script>");
    JsonNode json =
        json(
            List.of(
                map("a", samples, labels),
                map("b", samples, labels),
                map("c", List.of("T1"), List.of("x"))));
    assertEquals(0, json.get("left").asInt());
    assertEquals("[[\"S1\",\"S2\",\"S3\"],[\"T1\"]]", json.get("samples").toString());
    assertEquals("[0,0,1]", json.get("maps").findValues("samples").toString().replace(" ", ""));
    JsonNode first = json.get("maps").get(0);
    assertEquals("a", first.get("trial").asText());
    assertEquals("[0.5,0.25]", first.get("shares").toString());
    assertEquals("</script>", first.get("known").get(0).get("values").get(0).asText());
    assertEquals("[[-1.235,0,0],[-0.2346,-1,1],[0.7654,-2,0]]", first.get("points").toString());
    assertFalse(LatentJson.of(List.of(map("a", samples, labels))).contains("<"));
  }

  @Test
  void countsWhatAPageDoesNotHold() throws Exception {
    List<String> samples = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      samples.add("S" + i);
      labels.add("L" + i % 7);
    }
    List<LatentMap> maps = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      maps.add(map("trial " + i, samples, labels));
    }
    JsonNode json = json(maps);
    int shown = json.get("maps").size();
    assertTrue(shown >= 1 && shown < 40, shown + " are shown");
    assertEquals(40 - shown, json.get("left").asInt());
    assertEquals("trial 0", json.get("maps").get(0).get("trial").asText());
    assertTrue(json.toString().length() < 900_000);
  }
}
