package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was promised of size: 10,000 runs x 8 hyper-parameters with intervals in a minute and 1 GB.
/// Half a minute of two cores, once, since no smaller table can show it.
final class TenThousandRunsTest {
  private static final int RUNS = 10_000;

  @TempDir private Path folder;

  /// Log loss 2 a + 2 b c + (1 if g is p), noise of 0.1; d, e, f and h do nothing.
  private Path table() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,c,d,e,f,g,h,loss"));
    for (int run = 0; run < RUNS; run++) {
      double[] x = random.doubles(6).toArray();
      String g = List.of("p", "q", "r").get(random.nextInt(3));
      double loss =
          2 * x[0] + 2 * x[1] * x[2] + (g.equals("p") ? 1 : 0) + 0.1 * random.nextGaussian();
      StringBuilder line = new StringBuilder();
      for (double value : x) {
        line.append(value).append(',');
      }
      lines.add(line + g + "," + (1 << random.nextInt(4)) + "," + Math.exp(loss));
    }
    return Files.write(folder.resolve("runs.csv"), lines);
  }

  @Test
  void areAnalyzedWithIntervalsInOneGigabyte() throws Exception {
    Path out = folder.resolve("out");
    long begun = System.nanoTime();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "analyze",
                table().toString(),
                "--outcome",
                "loss",
                "--factors",
                "a,b,c,d,e,f,g,h",
                "--out",
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    int code = child.waitFor();
    System.out.printf(
        "10,000 runs x 8 hyper-parameters: %.0f s%n", (System.nanoTime() - begun) / 1e9);
    assertEquals(0, code, Files.readString(folder.resolve("said.txt")));
    JsonNode all = JsonMapper.builder().build().readTree(out.resolve("sensitivity.json").toFile());
    // Variances: a 4/12, g 2/9, b and c 1/12 each, b x c 4/144, noise 1/100.
    double total = 4.0 / 12 + 2.0 / 9 + 2.0 / 12 + 4.0 / 144 + 0.01;
    expect(all, List.of("a"), 4.0 / 12 / total);
    expect(all, List.of("g"), 2.0 / 9 / total);
    expect(all, List.of("b"), 1.0 / 12 / total);
    expect(all, List.of("d"), 0);
    JsonNode claim = claim(all, "importance/all runs/loss");
    assertTrue(
        claim.get("sentence").textValue().contains("a has the largest main effect on log loss"),
        claim.toString());
    assertTrue(claim.get("interval").isArray(), claim.toString());
  }

  private static void expect(JsonNode all, List<String> factors, double share) {
    for (JsonNode effect : all.get("effects")) {
      List<String> names = new ArrayList<>();
      effect.get("factors").forEach(name -> names.add(name.textValue()));
      if (names.equals(factors) && effect.get("scale").textValue().equals("log")) {
        assertEquals(share, effect.get("estimate").doubleValue(), 0.02, effect.toString());
        assertTrue(effect.get("interval").isArray(), effect.toString());
        return;
      }
    }
    throw new AssertionError("no effect of " + factors);
  }

  private static JsonNode claim(JsonNode all, String id) {
    for (JsonNode claim : all.get("claims")) {
      if (claim.get("id").textValue().equals(id)) {
        return claim;
      }
    }
    throw new AssertionError("no claim " + id);
  }
}
