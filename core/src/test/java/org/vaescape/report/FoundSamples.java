package org.vaescape.report;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Made-up studies with what is found in them, and what figures of that say.
final class FoundSamples {
  private FoundSamples() {}

  /// The same input with the statistics of its trials.
  static ReportInput found(ReportInput input) {
    RunSet runs =
        new RunSet(
            input.studyName(),
            1,
            input.trials().stream().map(Run::of).toList(),
            input.readings(),
            true,
            List.of("learning-rate"),
            OptionalInt.empty(),
            List.of(
                new RunSet.Outcome("val_reconstruction", Metric.Better.LOWER, false),
                new RunSet.Outcome("val_mse", Metric.Better.LOWER, true)));
    return new ReportInput(
        input.studyName(),
        input.seed(),
        input.studyYaml(),
        input.readings(),
        input.plan(),
        input.trials(),
        input.notes(),
        input.sensitivity(),
        Optional.of(Sensitivity.of(runs)),
        Optional.empty(),
        List.of());
  }

  static List<Figure> figures(ReportInput input) {
    return Figures.of(input, StudyCells.of(input), Format.TWO_COLUMNS);
  }

  static Figure figure(ReportInput input, String name) {
    return figures(input).stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /// What a reader learns who points at the marks of a figure, in the order of drawing.
  static List<String> words(Figure figure) {
    NodeList groups = parse(figure.svg()).getElementsByTagName("g");
    return IntStream.range(0, groups.getLength())
        .mapToObj(i -> ((Element) groups.item(i)).getElementsByTagName("title").item(0))
        .map(title -> title.getTextContent())
        .toList();
  }

  static Document parse(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
  }
}
