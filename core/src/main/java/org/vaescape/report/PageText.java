package org.vaescape.report;

import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;

/// Sentences of the page: what the runs come to, and every claim on them.
record PageText(ReportInput input, StudyCells study) {
  static final String BASELINES =
      "<p>Validation mean squared error of the untrained network, of predicting each gene's training"
          + " mean, of PCA with as many components as the decoder sees numbers (the latent dimensions; for cat-vae,"
          + " joint-vae and vq-vae the width of their codes), of the networks that learned on samples whose"
          + " genes were permuted, and of each model's best cell among those that learned, as the mean of the runs"
          + " that chose it. Lower is better,"
          + " but for permuted genes, of which there is no more to know than their means.</p>\n";

  static final String VERDICTS =
      "<b>learned</b>: better than the mean predictor, by mean or by sampled latent, so that one R² can be"
          + " below 0; <b>below-mean</b>: by neither; <b>collapsed</b>: the latent tells samples apart by"
          + " less than 1 nat; <b>untrained</b>: no better than the untrained network; <b>exploded</b>: finite,"
          + " but KL or weights beyond reason. Only cells that learned are ranked.";

  private static final String SENSITIVITY =
      "<p class=\"note\">Brackets are %1$s intervals. <b>supported</b> and <b>contradicted</b>: by a %1$s interval that leaves out the opposite, or by the claim's own rule in <code>docs/method.md</code>; <b>undecided</b>: noise, a single seed or a missing setting leaves it open; <b>counted</b> and <b>measured</b>: what these runs did. All numbers are in <code>sensitivity.json</code>.</p>\n"
          .formatted(Words.percent(Claim.CONFIDENCE));

  /// What was asked and how it ended; of a study also the best of each model.
  String summary(PageTables tables) {
    if (input.table().isPresent()) {
      TableSummary summary = new TableSummary(study, input.table().get());
      return paragraph("asked", summary.asked()) + paragraph("counts", summary.counts()) + notes();
    }
    Summary summary = new Summary(study);
    StringBuilder out = new StringBuilder(paragraph("asked", summary.asked()));
    out.append(paragraph("counts", String.join(" ", summary.counts())));
    out.append(paragraph("note", tables.bestCaption()));
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

  String sensitivity() {
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

  String methods() {
    Methods methods = new Methods(input, study);
    StringBuilder out = new StringBuilder();
    out.append(
        "<p class=\"see\">The same is in <code>methods.txt</code>; <code>methods.bib</code> has what it cites.</p>\n");
    methods.paragraphs().forEach(paragraph -> out.append(paragraph("methods", paragraph)));
    out.append("<details>\n<summary>BibTeX</summary>\n<pre tabindex=\"0\">");
    return out.append(Markup.escape(methods.bib())).append("</pre>\n</details>\n").toString();
  }

  static String item(String text) {
    return "<li dir=\"auto\">" + Markup.escape(text) + "</li>\n";
  }

  static String paragraph(String style, String text) {
    return "<p class=\"%s\" dir=\"auto\">%s</p>\n".formatted(style, Markup.escape(text));
  }

  static String scroll(String table, String name) {
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(name, table);
  }
}
