package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowOrderTest {
  @TempDir private Path folder;

  /// 2 optimizers x 3 learning rates x 2 latents in 3 repeats, the worst rate of sgd failing.
  private static List<String> rows() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> rows = new ArrayList<>();
    for (String optimizer : List.of("sgd", "adam")) {
      for (String rate : List.of("1e-2", "0.001", "1e-4")) {
        for (String latent : List.of("100", "20")) {
          for (String seed : List.of("10", "9", "8")) {
            boolean failed = optimizer.equals("sgd") && rate.equals("1e-4") && !seed.equals("9");
            double loss = Math.exp(random.nextGaussian()) + Double.parseDouble(rate);
            rows.add(
                String.join(
                    ",",
                    optimizer,
                    rate,
                    latent,
                    latent.equals("20") ? "relu" : "gelu",
                    seed,
                    failed ? "nan" : Double.toString(loss)));
          }
        }
      }
    }
    return rows;
  }

  private String analyze(List<String> rows, String... more) throws IOException {
    Path table =
        Files.write(
            folder.resolve("runs.csv"),
            Stream.concat(Stream.of("optimizer,rate,latent,act,seed,loss"), rows.stream())
                .toList());
    Console answer =
        Console.run(
            Stream.concat(
                    Stream.of(
                        "analyze",
                        table.toString(),
                        "--outcome",
                        "loss",
                        "--factors",
                        "optimizer,rate,latent,act",
                        "--log",
                        "rate",
                        "--json"),
                    Stream.of(more))
                .toArray(String[]::new));
    assertEquals("", answer.err());
    return answer.out();
  }

  private void requireTheSameOfShuffledRows(List<String> rows, String... more) throws IOException {
    String before = analyze(rows, more);
    for (int seed = 0; seed < 3; seed++) {
      List<String> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, new Random(seed));
      assertNotEquals(rows, shuffled);
      assertEquals(before, analyze(shuffled, more));
    }
  }

  @Test
  void shuffledRowsGiveTheSameBytes() throws IOException {
    requireTheSameOfShuffledRows(rows(), "--repeat", "seed");
  }

  @Test
  void shuffledRowsGiveTheSameBytesWhereEqualSettingsAreRepeats() throws IOException {
    requireTheSameOfShuffledRows(rows());
  }

  /// Without some cells a forest takes the place of the grid.
  @Test
  void shuffledRowsOfNoGridGiveTheSameBytes() throws IOException {
    List<String> some = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 24; i++) {
      some.add(
          "%s,%s,%d,,0,%s"
              .formatted(
                  i % 3 == 0 ? "sgd" : "adam",
                  random.nextDouble() + 0.01,
                  random.nextInt(10, 99),
                  i == 5 ? "" : random.nextDouble()));
    }
    requireTheSameOfShuffledRows(some, "--repeat", "seed");
    requireTheSameOfShuffledRows(some);
  }

  @Test
  void repeatsAreNumberedAsNumbersBeforeTexts() {
    assertEquals(
        Map.of("9", 0, "10", 1, "1e2", 2, "b", 3, "c", 4),
        RowOrder.numbers(List.of("c", "10", "9", "b", "9", "1e2")));
  }
}
