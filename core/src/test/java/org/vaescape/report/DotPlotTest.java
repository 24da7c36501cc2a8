package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Status;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DotPlotTest {
  private static List<Figure> figures(ReportInput input) {
    return Figures.of(StudyCells.of(input), Format.TWO_COLUMNS);
  }

  private static Figure figure(ReportInput input, String name) {
    return figures(input).stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList all = document.getElementsByTagName(tag);
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
  }

  /// The groups that stand for cells, those whose words contain `part`.
  private static List<Element> cells(Document document, String part) {
    return elements(document, "g").stream()
        .filter(group -> group.getTextContent().startsWith("latent "))
        .filter(group -> group.getTextContent().contains(part))
        .toList();
  }

  /// PCA of more components has a lower error, so that the darkest circle need not be the best.
  @Test
  void saysWhereTheLowestErrorIsIfNotAtTheDarkestCircle() {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    String caption = figure(input, "dots-vae-against-pca").caption();
    List<CellSummary> cells = StudyCells.of(input).cells();
    CellSummary best = Summary.best(StudyCells.of(input)).orElseThrow();
    boolean darkest =
        cells.stream()
            .noneMatch(cell -> Measure.AGAINST_PCA.of(cell) < Measure.AGAINST_PCA.of(best));
    assertFalse(darkest, "the sample is to have another one");
    assertTrue(
        caption.contains(
            "The lowest error is not at the darkest circle but at latent "
                + best.setting("latent")),
        caption);
    assertFalse(figure(input, "dots-vae-reconstruction").caption().contains("darkest circle"));
  }

  @Test
  void everyCellOfTheGridIsDrawnOnce() throws Exception {
    ReportInput input = SampleStudy.full().withModels("vae").input(7);
    Document svg = parse(figure(input, "dots-vae-reconstruction").svg());
    assertEquals(90, cells(svg, "").size());
    assertEquals(12, cells(svg, "not run").size());
    long diverged =
        input.trials().stream().filter(trial -> trial.status() == Status.DIVERGED).count();
    assertTrue(diverged > 0);
    assertEquals(diverged, cells(svg, "diverged").size());
  }

  @Test
  void areaIsInProportionToEpochs() throws Exception {
    ReportInput input = SampleStudy.full().withModels("vae").withOptimizers("adam").input(0);
    Document svg = parse(figure(input, "dots-vae-reconstruction").svg());
    List<Double> areaPerEpoch = new ArrayList<>();
    for (Element cell : cells(svg, ", learned")) {
      String words = cell.getTextContent();
      String epochs = words.substring(0, words.indexOf(" epochs")).replaceAll(".* ", "");
      Element circle = (Element) cell.getElementsByTagName("circle").item(0);
      double radius = Double.parseDouble(circle.getAttribute("r"));
      areaPerEpoch.add(radius * radius / Double.parseDouble(epochs));
    }
    assertTrue(areaPerEpoch.size() > 10);
    for (double area : areaPerEpoch) {
      assertEquals(areaPerEpoch.getFirst(), area, .01 * areaPerEpoch.getFirst());
    }
  }

  @Test
  void legendsNameWhatOccursAndNothingElse() {
    Figure vae = figure(SampleStudy.full().input(0), "dots-vae-reconstruction");
    assertTrue(vae.svg().contains(">diverged</text>"));
    assertFalse(vae.svg().contains(">out-of-memory</text>"));
    assertFalse(vae.svg().contains(">not run</text>"));
    Figure infovae = figure(SampleStudy.full().input(0), "dots-infovae-reconstruction");
    assertTrue(infovae.svg().contains(">out-of-memory</text>"));
  }

  @Test
  void saysHowManyRepeatsBroke() throws Exception {
    ReportInput input = SampleStudy.full().withModels("vae").withRepeats(3).input(0);
    Document svg = parse(figure(input, "dots-vae-reconstruction").svg());
    List<Element> partly =
        cells(svg, "; diverged").stream()
            .filter(cell -> cell.getTextContent().contains("(mean of"))
            .toList();
    assertFalse(partly.isEmpty());
    for (Element cell : partly) {
      assertTrue(cell.getElementsByTagName("text").item(0).getTextContent().endsWith("/3"));
    }
  }

  @Test
  void saysHowManyRepeatsBecameSomethingElse() throws Exception {
    ReportInput plain =
        SampleStudy.full()
            .withModels("vae")
            .withLatents("10", "50")
            .withRates("0.001")
            .withOptimizers("adam")
            .withRepeats(3)
            .input(0);
    assertFalse(figure(plain, "dots-vae-reconstruction").svg().contains("n of N repeats"));
    ReportInput input = with(plain, 2, "collapsed");
    Figure figure = figure(input, "dots-vae-reconstruction");
    Document svg = parse(figure.svg());
    List<Element> partly = cells(svg, "learned 2, collapsed 1 (mean of 3 repeats)");
    assertEquals(1, partly.size());
    assertEquals("1/3", partly.getFirst().getElementsByTagName("text").item(0).getTextContent());
    assertEquals(0, cells(svg, "50").getFirst().getElementsByTagName("text").getLength());
    assertTrue(figure.svg().contains(">n of N repeats ended as the small sign says</text>"));
    assertTrue(
        figure.svg().contains(">collapsed (latent carries nothing)</text>"), "in the legend");
    assertTrue(figure.caption().contains("n/N beside a sign"), figure::caption);
  }

  @Test
  void whatIsSaidBesideTheLastColumnStaysInItsPanel() {
    SampleStudy study = SampleStudy.full().withModels("vae").withRates("0.001").withRepeats(3);
    // Of the largest latent size, the first repeat under the first of three optimizers.
    ReportInput input = with(study.input(0), 5 * 3 * 3, "exploded");
    for (Format format : Format.values()) {
      DrawnCanvas canvas = DrawnCanvas.of(Figures.of(StudyCells.of(input), format).getFirst());
      DrawnCanvas.Drawn note =
          canvas.texts().stream().filter(one -> one.text().equals("1/3")).findFirst().orElseThrow();
      long frames =
          canvas.all().stream()
              .filter(one -> one.text().isEmpty() && one.box().getHeight() > 100)
              .filter(one -> one.box().contains(note.box()))
              .count();
      assertEquals(1, frames, () -> format + ": " + note);
    }
  }

  /// The same, where the so-manieth trial has this verdict.
  private static ReportInput with(ReportInput input, int place, String verdict) {
    List<FinishedTrial> trials = new ArrayList<>(input.trials());
    FinishedTrial trial = trials.get(place);
    trials.set(place, changed(trial, verdict, trial.metrics()));
    return of(input, trials);
  }

  @Test
  void furtherKeysGetAFigureEachOnOneScale() {
    ReportInput input =
        SampleStudy.full().withModels("vae").withKey("hidden", "[256]", "[512, 256]").input(0);
    List<String> names = figures(input).stream().map(Figure::name).toList();
    assertTrue(names.contains("dots-vae-hidden-256-reconstruction"), names::toString);
    assertTrue(names.contains("dots-vae-hidden-512-256-reconstruction"), names::toString);
    assertEquals(names.size(), names.stream().distinct().count());
  }

  @Test
  void lossesOfDifferentUnitsShareNeitherScaleNorFigure() {
    ReportInput input =
        inUnits(
            SampleStudy.full()
                .withModels("vae", "iwae")
                .withLatents("7", "8")
                .withKey("reconstruction", "mse", "bce")
                .withKey("hidden", "[256]", "[]")
                .input(0));
    String small = "dots-vae-reconstruction-mse-hidden-256-reconstruction";
    String large = "dots-vae-reconstruction-bce-hidden-256-reconstruction";
    assertTrue(figure(input, small).svg().contains(">mse</text>"));
    assertTrue(figure(input, large).svg().contains(">bce</text>"));
    assertTrue(figure(input, small).svg().contains(">0.02</text>"));
    assertFalse(figure(input, small).svg().contains(">20</text>"), "a tick of the other unit");
    assertTrue(figure(input, large).svg().contains(">20</text>"));
    assertFalse(figure(input, large).svg().contains(">0.02</text>"), "a tick of the other unit");
    String caption = figure(input, large).caption();
    assertTrue(caption.contains("figures of this model with a loss of this unit"), caption);
    assertTrue(caption.contains("Each value of reconstruction, hidden has a figure of its own."));
    Figure curves = figure(input, "curves-vae-reconstruction-bce");
    assertTrue(curves.caption().contains("Validation reconstruction loss (bce)"), curves::caption);
    assertTrue(
        curves.caption().contains("Lines of different latent, hidden are drawn alike."),
        curves::caption);
  }

  /// The same, where losses under bce are a thousand times as large.
  private static ReportInput inUnits(ReportInput input) {
    return of(
        input,
        input.trials().stream()
            .map(trial ->
                "bce".equals(trial.settings().get("reconstruction")) ? larger(trial) : trial)
            .toList());
  }

  private static ReportInput of(ReportInput input, List<FinishedTrial> trials) {
    return new ReportInput(
        input.studyName(),
        input.studyYaml(),
        input.readings(),
        input.plan(),
        trials,
        input.notes(),
        input.sensitivity());
  }

  private static FinishedTrial larger(FinishedTrial trial) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>(trial.metrics());
    metrics.computeIfPresent("val_reconstruction", (_, value) -> value * 1000);
    return changed(trial, trial.verdict(), metrics);
  }

  private static FinishedTrial changed(
      FinishedTrial trial, String verdict, SequencedMap<String, Double> metrics) {
    return FinishedTrials.copy(
        trial,
        trial.id(),
        trial.settings(),
        trial.status(),
        verdict,
        metrics,
        trial.curve(),
        trial.message(),
        trial.provenance());
  }

  @Test
  void keysOfOneOptimizerBecomePanels() {
    ReportInput input =
        SampleStudy.full()
            .withModels("vae")
            .withOptimizers("sgd")
            .withKey("sgd.momentum", "0", "0.9")
            .input(0);
    String svg = figure(input, "dots-vae-reconstruction").svg();
    assertTrue(svg.contains(">sgd, momentum 0</text>"));
    assertTrue(svg.contains(">sgd, momentum 0.9</text>"));
  }

  @Test
  void keysOfOneModelOrOptimizerSplitOnlyWhatHasThem() {
    ReportInput input =
        SampleStudy.full()
            .withKey("iwae.samples", "1", "5")
            .withKey("infovae.kernel", "imq")
            .withKey("sgd.momentum", "0", "0.9")
            .withKey("adam.beta1", "0.9")
            .input(0);
    List<String> dots =
        figures(input).stream()
            .map(Figure::name)
            .filter(name -> name.endsWith("-reconstruction"))
            .toList();
    assertEquals(
        List.of(
            "dots-vae-reconstruction",
            "dots-iwae-iwae.samples-1-reconstruction",
            "dots-iwae-iwae.samples-5-reconstruction",
            "dots-infovae-reconstruction",
            "dots-logcosh-vae-reconstruction"),
        dots);
    String svg = figure(input, "dots-vae-reconstruction").svg();
    assertTrue(svg.contains(">adam</text>"), "not adam, beta1 0.9");
    assertTrue(svg.contains(">sgd, momentum 0</text>"));
    assertTrue(svg.contains(">sgd, momentum 0.9</text>"));
  }

  @Test
  void panelsStandInTheOrderOfTheStudy() {
    String svg = figure(SampleStudy.full().input(0), "dots-vae-reconstruction").svg();
    int adam = svg.indexOf(">adam</text>");
    int sgd = svg.indexOf(">sgd</text>");
    int rmsprop = svg.indexOf(">rmsprop</text>");
    assertTrue(0 < adam && adam < sgd && sgd < rmsprop);
  }

  @Test
  void sizesRunFromTheLeastEpochsToTheMost() throws Exception {
    ReportInput input = SampleStudy.full().input(0);
    double[] epochs =
        input.trials().stream()
            .filter(CellSummary::isComplete)
            .mapToDouble(FinishedTrial::epochs)
            .sorted()
            .toArray();
    Document svg = parse(figure(input, "dots-vae-reconstruction").svg());
    List<String> texts = elements(svg, "text").stream().map(Element::getTextContent).toList();
    int heading = texts.indexOf("epochs at the stop");
    List<Double> sizes =
        texts.subList(heading + 1, heading + 5).stream().map(Double::parseDouble).toList();
    assertEquals(epochs[0], sizes.getFirst());
    assertEquals(epochs[epochs.length - 1], sizes.getLast());
    assertEquals(sizes.stream().sorted().distinct().toList(), sizes);
  }

  @Test
  void curvesMarkATrialThatDivergedBeforeItsFirstEpochEnded() {
    ReportInput input = SampleStudy.full().withModels("infovae").input(0);
    assertTrue(
        input.trials().stream()
            .anyMatch(t -> t.status() == Status.OUT_OF_MEMORY && t.curve().isEmpty()));
    Figure curves = figure(input, "curves-infovae");
    assertTrue(curves.svg().contains("out-of-memory after 0 epochs"));
    assertTrue(curves.svg().contains(">out-of-memory</text>"));
    assertTrue(curves.caption().contains("at the upper edge if there is none"));
  }

  @Test
  void drawsAnyGridAsValidXml() throws Exception {
    SampleStudy full = SampleStudy.full().withModels("vae");
    List<ReportInput> inputs =
        List.of(
            full.withLatents("10").withRates("0.01").withOptimizers("adam").input(0),
            full.withLatents("10").input(0),
            full.withRates("0.01").input(0),
            full.input(1),
            SampleStudy.full().withModels("v<&\">]]>\u0001", "ש".repeat(10_000)).input(0),
            full.withOptimizers("x".repeat(10_000)).input(0));
    for (ReportInput input : inputs) {
      for (Figure figure : figures(input)) {
        parse(figure.svg());
        assertTrue(figure.width() <= 1200 && figure.height() <= 1200, figure.name());
        assertTrue(figure.name().matches("[a-z0-9.-]{1,110}"), figure.name());
      }
    }
  }

  @Test
  void onlyCellsThatLearnedAreRanked() {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    StudyCells study = StudyCells.of(input);
    CellSummary best = Summary.best(study).orElseThrow();
    assertEquals("learned", best.verdict());
    double lowest =
        input.trials().stream()
            .filter(trial -> trial.verdict().equals("learned"))
            .mapToDouble(trial -> trial.metric("val_mse"))
            .min()
            .orElseThrow();
    assertEquals(lowest, Summary.mse(best));
    ReportInput sgd = SampleStudy.full().withModels("vae").withOptimizers("sgd").input(0);
    assertTrue(new Summary(StudyCells.of(sgd)).sentences().contains("vae: no cell learned."));
    ReportInput part = SampleStudy.full().withModels("vae").withOptimizers("sgd").input(3);
    assertTrue(
        new Summary(StudyCells.of(part))
            .sentences()
            .contains("vae: no cell learned, but 10 of its 30 trials have not ended yet."));
    ReportInput none = SampleStudy.full().withModels("vae").input(1);
    assertTrue(
        new Summary(StudyCells.of(none)).sentences().contains("vae: no trial has ended yet."));
  }
}
