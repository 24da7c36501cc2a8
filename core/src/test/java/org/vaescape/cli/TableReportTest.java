package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.PageJson;

/// What `analyze TABLE --out DIR` draws.
final class TableReportTest {
  @TempDir private Path folder;

  /// Names of the files in a folder, in order.
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /// Names of the files of these figures in order, each in two sizes, with that of their captions.
  private static List<String> files(String... figures) {
    return Stream.concat(
            Stream.of("captions.txt"),
            Stream.of(figures)
                .flatMap(name -> Stream.of(name, name + "-column"))
                .flatMap(name -> Stream.of(name + ".pdf", name + ".png", name + ".svg")))
        .sorted()
        .toList();
  }

  /// A text of an SVG, which is drawn as outlines.
  private static String text(String words) {
    return "aria-label=\"" + words + "\"";
  }

  /// Titles of the marks in an SVG, which say what each stands for.
  private static List<String> marks(String svg, String start) {
    Matcher titles = Pattern.compile("<title>(" + start + "[^<]*)</title>").matcher(svg);
    return titles.results().map(found -> found.group(1)).toList();
  }

  private String figure(String name) throws IOException {
    return Files.readString(folder.resolve("out/figures/" + name + ".svg"));
  }

  private Console analyze(List<String> lines, String... more) throws IOException {
    Path table = Files.write(folder.resolve("runs.csv"), lines);
    Console answer =
        Console.run(
            Stream.concat(
                    Stream.of("analyze", table.toString(), "--out", folder.resolve("out") + ""),
                    Stream.of(more))
                .toArray(String[]::new));
    assertEquals(0, answer.code(), answer.err());
    return answer;
  }

  /// Log loss: 2 for each decade from 0.001, 0.5 for each doubling of the batch, 0.1 for a depth;
  /// of sgd at 0.1 all runs crashed, at 0.01 the first of two.
  private static List<String> grid() {
    SplittableRandom random = new SplittableRandom(2);
    List<String> lines = new ArrayList<>(List.of("lr,optim,batch,depth,seed,loss,state"));
    for (String rate : List.of("1e-3", "1e-2", "1e-1")) {
      for (String optimizer : List.of("adam", "sgd")) {
        for (int doubling = 0; doubling < 3; doubling++) {
          for (int depth = 1; depth <= 2; depth++) {
            for (int seed = 0; seed < 2; seed++) {
              double loss =
                  2 * (Math.log10(Double.parseDouble(rate)) + 3)
                      + 0.5 * doubling
                      + 0.1 * depth
                      + 0.01 * random.nextGaussian();
              boolean crashed =
                  optimizer.equals("sgd")
                      && (rate.equals("1e-1") || (rate.equals("1e-2") && seed + depth == 1));
              lines.add(
                  "%s,%s,%s,%s,%s,%s,%s"
                      .formatted(
                          rate,
                          optimizer,
                          32 << doubling,
                          depth,
                          seed,
                          crashed ? "" : Math.exp(loss),
                          crashed ? "crashed" : "finished"));
            }
          }
        }
      }
    }
    return lines;
  }

  @Test
  void drawsTheOutcomeOverWhatMattersMostAndWhereRunsFailed() throws IOException {
    Console answer =
        analyze(
            grid(), "--outcome", "loss", "--factors", "depth,batch,optim,lr", "--repeat", "seed");
    assertTrue(
        answer.out().contains("\nReport:  " + folder.resolve("out/report.html") + "\n"),
        answer.out());
    assertEquals(
        List.of("figures", "report.html", "sensitivity.json"), names(folder.resolve("out")));
    assertEquals(
        files(
            "dots-loss",
            "failures-map",
            "failures-shares",
            "interactions-all-runs",
            "interactions-shares",
            "noise-all-runs",
            "regions-all-runs",
            "shares-loss"),
        names(folder.resolve("out/figures")));
    assertTrue(
        ImageIO.read(folder.resolve("out/figures/dots-loss.png").toFile()).getWidth() > 1400);

    String dots = figure("dots-loss");
    for (String text : List.of("lr", "batch", "depth 1", "depth 2", "10⁻³", "10⁻¹", "32", "128")) {
      assertTrue(dots.contains(text(text)), text);
    }
    List<String> places = marks(dots, "lr ");
    assertEquals(3 * 3 * 2, places.size());
    assertTrue(
        places.stream()
            .anyMatch(words ->
                words.startsWith("lr 0.001, batch 32, depth 1: loss 1.1")
                    && words.endsWith("(mean of 4 runs)")),
        places::toString);
    assertTrue(
        places.stream()
            .anyMatch(words ->
                words.startsWith("lr 0.1, batch 128, depth 2: loss ")
                    && words.endsWith("(mean of 2 runs); 2 failed")),
        places::toString);
    assertTrue(dots.contains(text("2/4")));
    assertTrue(dots.contains(text("failed")));

    String map = figure("failures-map");
    assertTrue(map.contains(text("optim")));
    assertEquals(
        List.of("optim sgd, lr 0.1, depth 1: 6 of 6 failed"),
        marks(map, "optim sgd, lr 0.1, depth 1"));
    assertTrue(figure("failures-shares").contains("<title>optim × lr: "));
    assertTrue(figure("shares-loss").contains("<title>lr: "));
    assertTrue(Pattern.compile("<title>lr: [^<]*\\[\\d").matcher(figure("shares-loss")).find());
  }

  @Test
  void thePageHasFiguresClaimsAndRunsOfTheTable() throws IOException {
    analyze(grid(), "--outcome", "loss", "--factors", "lr,optim,batch,depth", "--repeat", "seed");
    String page = Files.readString(folder.resolve("out/report.html"));
    for (String text :
        List.of(
            "id=\"figure-dots-loss\"",
            "id=\"figure-failures-map\"",
            "id=\"figure-shares-loss\"",
            "lr has the largest main effect",
            "In how many ways of looking a claim holds",
            "72 runs: 57 finished, 15 crashed.",
            "lr (0.001, 0.01, 0.1; on its logarithm), optim (adam, sgd)",
            "depth (1, 2)",
            "runs count as failed")) {
      assertTrue(page.contains(text), text);
    }
    JsonNode data = PageJson.of(page, "page-data");
    assertEquals("run", data.get("noun").asText());
    assertEquals(
        List.of("run", "lr", "optim", "batch", "depth", "repeat", "loss", "ending"),
        data.get("columns").findValuesAsText("name"));
    assertEquals(72, PageJson.column(data, "loss").size());
    for (String ofStudies : List.of("Baselines", "Provenance", "of each model", "planned trial")) {
      assertFalse(page.contains(ofStudies), ofStudies);
    }
  }

  /// As Optuna exports it.
  @Test
  void drawsARandomSearchInItsRange() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    List<String> lines =
        new ArrayList<>(List.of("number,value,params_lr,params_dropout,params_opt,state"));
    for (int run = 0; run < 120; run++) {
      double decades = random.nextDouble(-5, -1);
      boolean failed = decades > -1.5;
      lines.add(
          "%s,%s,%s,%s,%s,%s"
              .formatted(
                  run,
                  failed ? "" : Math.exp((decades + 3) * (decades + 3)),
                  Math.pow(10, decades),
                  random.nextDouble(),
                  run % 2 == 0 ? "adam" : "sgd",
                  failed ? "FAIL" : "COMPLETE"));
    }
    String[] words = {"--outcome", "value", "--factors", "params_opt,params_dropout,params_lr"};
    analyze(lines, words);
    assertEquals(
        files(
            "dots-value",
            "failures-map",
            "interactions-all-runs",
            "interactions-shares",
            "shares-value"),
        names(folder.resolve("out/figures")));
    String dots = figure("dots-value");
    long failures = lines.stream().filter(line -> line.endsWith("FAIL")).count();
    assertTrue(failures > 5);
    List<String> runs = marks(dots, "params_lr ");
    assertEquals(120, runs.size());
    assertEquals(failures, runs.stream().filter(one -> one.endsWith(": 1 failed")).count());
    assertTrue(dots.contains(text("10⁻³")), "the range of rates has a log axis by itself");
    String captions = Files.readString(folder.resolve("out/figures/captions.txt"));
    assertTrue(captions.contains("Across: params_lr (log axis);"), captions);
    assertTrue(captions.contains("params_lr, quarters up to"), captions);

    analyze(
        lines,
        Stream.concat(Stream.of(words), Stream.of("--linear", "params_lr")).toArray(String[]::new));
    assertFalse(figure("dots-value").contains(text("10⁻³")));
    assertFalse(Files.readString(folder.resolve("out/figures/captions.txt")).contains("log axis"));
  }

  /// A forest that takes rates over four decades as they are sees one point and a rest.
  @Test
  void ratesOverDecadesCountOnTheirLogarithmByThemselves() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    List<String> lines = new ArrayList<>(List.of("rate,width,loss"));
    for (int run = 0; run < 80; run++) {
      double decades = random.nextDouble(-5, -1);
      lines.add(
          "%s,%s,%s".formatted(Math.pow(10, decades), random.nextInt(8, 64), Math.exp(decades)));
    }
    String[] words = {"--outcome", "loss", "--factors", "rate,width", "--json"};
    String alone = analyze(lines, words).out();
    assertEquals(alone, analyze(lines, with(words, "--log", "rate")).out());
    assertFalse(alone.equals(analyze(lines, with(words, "--linear", "rate")).out()));
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void modelsHaveFiguresOfTheirOwn() throws IOException {
    List<String> lines = new ArrayList<>(List.of("model,rate,accuracy"));
    for (String model : List.of("vae", "iwae")) {
      for (int rate = 1; rate <= 3; rate++) {
        for (int run = 0; run < 2; run++) {
          lines.add("%s,%s,0.%s%s".formatted(model, rate, rate, run));
        }
      }
    }
    analyze(lines, "--outcome", "accuracy", "--higher-is-better", "--factors", "model,rate");
    assertEquals(
        files(
            "dots-iwae-accuracy",
            "dots-vae-accuracy",
            "interactions-shares",
            "noise-iwae",
            "noise-vae",
            "regions-iwae",
            "regions-vae",
            "shares-accuracy"),
        names(folder.resolve("out/figures")));
    String dots = figure("dots-vae-accuracy");
    assertEquals(3, marks(dots, "rate ").size());
    assertTrue(dots.contains("lighter is better"));
    assertTrue(dots.contains("highest 0.305 at rate 3"), dots);
  }

  /// Nearly all at chance, as classes are guessed: what is far above is what is looked for.
  @Test
  void theBestRunsAreOnTheScaleWhereLargeValuesAreGood() throws IOException {
    List<String> lines = new ArrayList<>(List.of("rate,width,accuracy"));
    for (int rate = 1; rate <= 4; rate++) {
      for (int width = 1; width <= 4; width++) {
        lines.add("%s,%s,%s".formatted(rate, width, rate + width == 8 ? 0.95 : 0.05));
      }
    }
    String[] words = {"--outcome", "accuracy", "--factors", "rate,width"};
    analyze(lines, words);
    Path captions = folder.resolve("out/figures/captions.txt");
    assertTrue(Files.readString(captions).contains("is grey"), "a loss that is wild");
    analyze(lines, with(words, "--higher-is-better"));
    assertFalse(Files.readString(captions).contains("is grey"));
  }

  @Test
  void aTableInWhichNothingVariedOrNothingCameOutHasAPageAllTheSame() throws IOException {
    analyze(List.of("a,loss", "1,2", "1,3"), "--outcome", "loss", "--factors", "a");
    assertEquals(List.of("captions.txt"), names(folder.resolve("out/figures")));
    analyze(
        List.of("a,b,loss", "1,x,", "1,y,", "2,x,", "2,y,"),
        "--outcome",
        "loss",
        "--factors",
        "a,b");
    assertEquals(4, marks(figure("dots-loss"), "a ").size());
    assertTrue(figure("failures-map").contains(": 1 of 1 failed</title>"));
    // What an earlier table had, and this one has not.
    analyze(List.of("a,loss", "1,2", "1,3"), "--outcome", "loss", "--factors", "a");
    assertEquals(List.of("captions.txt"), names(folder.resolve("out/figures")));
  }

  private Console analyzeInto(Path out) throws IOException {
    Path table = Files.write(folder.resolve("runs.csv"), List.of("a,loss", "1,2", "2,3"));
    return Console.run(
        "analyze", table.toString(), "--outcome=loss", "--factors=a", "--out=" + out);
  }

  @Test
  void leavesTheFolderOfAStudyAlone() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("study.yaml"), "name: mine\n");
    Console answer = analyzeInto(out);
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: %s is the folder of a study, whose report would be lost; give --out another one\n"
            .formatted(out),
        answer.err());
    assertEquals(List.of("study.yaml"), names(out));
  }

  @Test
  void leavesTheReportOfSomebodyElseAlone() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("report.html"), "mine");
    Console answer = analyzeInto(out);
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: %s has a report.html that no earlier analyze wrote, which would be lost; give --out another folder\n"
            .formatted(out),
        answer.err());
    assertEquals("mine", Files.readString(out.resolve("report.html")));
    assertEquals(List.of("report.html"), names(out));
  }

  @Test
  void refusesALinearColumnThatIsNoFactorOrLogarithmicToo() throws IOException {
    Path table = Files.write(folder.resolve("runs.csv"), List.of("a,loss", "1,2", "2,3"));
    String[] words = {"analyze", table.toString(), "--outcome=loss", "--factors=a"};
    assertEquals(
        "vaescape: --linear names b, which --factors does not; it names a\n",
        Console.run(with(words, "--linear=b")).err());
    assertEquals(
        "vaescape: --log and --linear both name a\n",
        Console.run(with(words, "--linear=a", "--log=a")).err());
  }
}
