package org.vaescape.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;

/// The report as one HTML file that needs nothing else: style, script and figures are inside.
record Page(ReportInput input, StudyCells study, List<Figure> figures) {

  /// Beyond so many characters of SVG, figures are named instead of shown, so that the page opens
  /// at once and can be mailed.
  private static final int MOST_DRAWING = 1_500_000;

  /// Figures up to this width stand side by side on a laptop's screen.
  private static final double NARROW = 600;

  String html() {
    List<Section> sections = input.table().map(this::tableSections).orElseGet(this::studySections);
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<title>").append(Markup.escape(input.studyName())).append(" · vaescape</title>\n");
    out.append("<style>\n").append(resource("page.css")).append("</style>\n</head>\n<body>\n");
    out.append("<header>\n<p class=\"kind\">vaescape report</p>\n");
    out.append("<h1 dir=\"auto\">").append(Markup.escape(input.studyName())).append("</h1>\n");
    String question = question();
    if (!question.isBlank()) {
      out.append(paragraph("question", question));
    }
    out.append("<nav aria-label=\"Sections\">");
    out.append(
        sections.stream()
            .map(one -> "<a href=\"#%s\">%s</a>".formatted(one.id, one.link))
            .collect(Collectors.joining(" ")));
    out.append("</nav>\n</header>\n<main>\n");
    sections.forEach(one -> section(out, one.id, one.title, one.content));
    out.append("</main>\n");
    out.append("<script>\n").append(resource("page.js")).append("</script>\n");
    return out.append("</body>\n</html>\n").toString();
  }

  /// A part of the page.
  ///
  /// @param link its name at the top
  private record Section(String id, String link, String title, String content) {}

  private List<Section> studySections() {
    Summary summary = new Summary(study);
    PageTables tables = new PageTables(study, input.table());
    return List.of(
        new Section("summary", "Summary", "Summary", summary(summary, tables)),
        figuresSection(),
        sensitivitySection(),
        new Section(
            "baselines",
            "Baselines",
            "Baselines beside the models",
            BASELINES + scroll(tables.baselines(), "Baselines")),
        new Section(
            "trials",
            "Trials",
            "Trials",
            "<p class=\"note\">" + VERDICTS + "</p>\n" + scroll(tables.trials(), "Trials")),
        new Section(
            "settings",
            "Settings",
            "Settings",
            "<p>The resolved study file: every key, defaults included.</p>\n<pre tabindex=\"0\">"
                + Markup.escape(input.studyYaml())
                + "</pre>\n"),
        new Section(
            "provenance", "Provenance", "Provenance", scroll(tables.provenance(), "Provenance")));
  }

  /// Of somebody's runs, of which no more is known than their table has.
  private List<Section> tableSections(TableColumns table) {
    TableSummary summary = new TableSummary(study, table);
    String runs = new PageTables(study, input.table()).trials();
    return List.of(
        new Section(
            "summary",
            "Summary",
            "Summary",
            paragraph("asked", summary.asked()) + paragraph("counts", summary.counts()) + notes()),
        figuresSection(),
        sensitivitySection(),
        new Section("trials", "Runs", "Runs", scroll(runs, "Runs")));
  }

  private Section figuresSection() {
    return new Section("figures", "Figures", "Figures", drawings());
  }

  private Section sensitivitySection() {
    return new Section(
        "sensitivity", "What matters", "Which settings matter, and how sure", sensitivity());
  }

  private static final String BASELINES =
      "<p>Validation mean squared error of the untrained network, of predicting each gene's training"
          + " mean, of PCA with as many components as the decoder sees numbers (the latent dimensions; for cat-vae,"
          + " joint-vae and vq-vae the width of their codes), of the networks that learned on samples whose"
          + " genes were permuted, and of each model's best cell among those that learned, as the mean of the runs"
          + " that chose it. Lower is better,"
          + " but for permuted genes, of which there is no more to know than their means.</p>\n";

  private static final String SENSITIVITY =
      "<p class=\"note\">Brackets are %1$s intervals. <b>supported</b> and <b>contradicted</b>: by a %1$s interval that leaves out the opposite, or by the claim's own rule in <code>docs/method.md</code>; <b>undecided</b>: noise, a single seed or a missing setting leaves it open; <b>counted</b> and <b>measured</b>: what these runs did. All numbers are in <code>sensitivity.json</code>.</p>\n"
          .formatted(Words.percent(Claim.CONFIDENCE));

  private static final String VERDICTS =
      "<b>learned</b>: better than the mean predictor; <b>below-mean</b>: no better than the mean"
          + " predictor, by mean and by sampled latent; <b>collapsed</b>: the latent tells samples apart by"
          + " less than 1 nat; <b>untrained</b>: no better than the untrained network; <b>exploded</b>: finite,"
          + " but KL or weights beyond reason. Only cells that learned are ranked.";

  private static void section(StringBuilder out, String id, String title, String content) {
    out.append("<section id=\"%s\" aria-labelledby=\"h-%s\">\n".formatted(id, id));
    out.append("<h2 id=\"h-%s\">%s</h2>\n".formatted(id, title));
    out.append(content).append("</section>\n");
  }

  /// What the study asks: the remark that its file begins with; empty without one.
  private String question() {
    return input
        .studyYaml()
        .lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line.substring(1).strip())
        .collect(Collectors.joining(" "));
  }

  private String summary(Summary summary, PageTables tables) {
    StringBuilder out = new StringBuilder(paragraph("asked", summary.asked()));
    out.append(paragraph("counts", String.join(" ", summary.counts())));
    out.append(scroll(tables.best(), "Best of each model"));
    if (!summary.limits().isEmpty()) {
      out.append(paragraph("note", String.join(" ", summary.limits())));
    }
    return out.append(notes()).toString();
  }

  private String notes() {
    if (input.notes().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append("<aside aria-label=\"Notes\"><h3>Notes and warnings</h3>\n<ul>\n");
    input.notes().forEach(note -> out.append(item(note)));
    return out.append("</ul></aside>\n").toString();
  }

  private String drawings() {
    StringBuilder out = new StringBuilder("<div class=\"figures\">\n");
    int drawn = 0;
    for (Figure figure : figures) {
      String svg = figure.svg();
      drawn += svg.length();
      out.append("<figure id=\"figure-%s\"%s>\n".formatted(figure.name(), shape(figure)));
      if (drawn <= MOST_DRAWING) {
        String label = Markup.escape(figure.title());
        out.append(
            "<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">"
                .formatted(label));
        out.append(svg).append("</div>\n");
      } else {
        out.append(paragraph("left-out", "Left out of the page for its size: see the file."));
      }
      out.append("<figcaption><bdi>").append(Markup.escape(figure.caption())).append("</bdi> ");
      out.append("<code>figures/%s.svg</code>, <code>.png</code>".formatted(figure.name()));
      out.append("</figcaption>\n</figure>\n");
    }
    return out.append("</div>\n").toString();
  }

  /// The class of a figure that is wide.
  static String shape(Figure figure) {
    return figure.width() > NARROW ? " class=\"wide\"" : "";
  }

  private String sensitivity() {
    if (input.sensitivity().isEmpty()) {
      return paragraph("note", "No trial has ended yet.");
    }
    StringBuilder out = new StringBuilder(SENSITIVITY);
    for (SensitivityText.Part part : input.sensitivity()) {
      String heading = Markup.escape(part.heading());
      out.append(
          part.open()
              ? "<h3>" + heading + "</h3>\n"
              : "<details>\n<summary>%s <small>(%s)</small></summary>\n"
                  .formatted(heading, part.size()));
      if (!part.sentences().isEmpty()) {
        out.append("<ul>\n");
        part.sentences().forEach(sentence -> out.append(item(sentence)));
        out.append("</ul>\n");
      }
      for (TextTable table : part.tables()) {
        out.append(paragraph("note", table.caption()));
        out.append(scroll(table.html(), Markup.escape(table.caption())));
      }
      out.append(part.open() ? "" : "</details>\n");
    }
    return out.toString();
  }

  private static String item(String text) {
    return "<li dir=\"auto\">" + Markup.escape(text) + "</li>\n";
  }

  private static String paragraph(String style, String text) {
    return "<p class=\"%s\" dir=\"auto\">%s</p>\n".formatted(style, Markup.escape(text));
  }

  private static String scroll(String table, String name) {
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(name, table);
  }

  static String resource(String name) {
    try (InputStream bytes = Page.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
