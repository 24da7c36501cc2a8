package org.vaescape.report;

import java.util.List;
import java.util.stream.Collectors;

/// The report as one HTML file that needs nothing else: style, script, data and figures are inside,
/// and it may fetch nothing. Without script it shows all but the table of trials and the views that
/// ask for exploring.
record Page(ReportInput input, StudyCells study, List<Figure> figures) {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data: blob:";

  String html() {
    PageFigures drawings = new PageFigures(figures);
    String first = firstScreen(drawings);
    List<PageSection> sections = sections(drawings).stream().filter(PageSection::filled).toList();
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n".formatted(POLICY));
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<title>").append(Markup.escape(input.studyName())).append(" · vaescape</title>\n");
    out.append("<style>\n").append(PageStyle.css()).append(PageScripts.css());
    out.append("</style>\n</head>\n<body>\n").append(first);
    out.append("<nav aria-label=\"Sections\">");
    out.append(
        sections.stream()
            .map(one -> "<a href=\"#%s\">%s</a>".formatted(one.id(), one.link()))
            .collect(Collectors.joining(" ")));
    out.append(
        "</nav>\n<p class=\"on-paper note\">Views to explore are left out on paper.</p>\n<main>\n");
    sections.forEach(one -> out.append(one.html()));
    out.append("</main>\n");
    packed(out, "page-data", new PageData(input, study).json());
    packed(out, "page-latents", LatentJson.of(input.latents()));
    packed(out, "vega", PageScripts.vega());
    out.append("<script type=\"application/json\" id=\"page-theme\">").append(PageTheme.json());
    out.append("</script>\n<script>\n").append(PageScripts.script()).append("</script>\n");
    return out.append("</body>\n</html>\n").toString();
  }

  private static void packed(StringBuilder out, String id, String text) {
    out.append("<script type=\"text/plain\" id=\"%s\">".formatted(id));
    out.append(PageScripts.packed(text)).append("</script>\n");
  }

  /// What was asked, what came out, and the picture of it.
  private String firstScreen(PageFigures drawings) {
    StringBuilder out = new StringBuilder("<header>\n<p class=\"kind\">vaescape report</p>\n");
    out.append("<h1 dir=\"auto\">").append(Markup.escape(input.studyName())).append("</h1>\n");
    String question = ReportInput.question(input.studyYaml());
    if (!question.isBlank()) {
      out.append(PageText.paragraph("question", question));
    }
    out.append("<div class=\"first\">\n<ol class=\"answer\" aria-label=\"Answer\">\n");
    Answer.of(input, study).sentences().forEach(said -> out.append(PageText.item(said)));
    out.append("</ol>\n");
    String model = Answer.best(study).map(cell -> cell.setting(StudyCells.MODEL)).orElse("");
    drawings.main(model).ifPresent(out::append);
    return out.append("</div>\n</header>\n").toString();
  }

  private List<PageSection> sections(PageFigures drawings) {
    boolean table = input.table().isPresent();
    String noun = table ? "run" : "trial";
    boolean several = input.trials().size() > 1;
    boolean crosses = !study.trials().stream().allMatch(CellSummary::isComplete);
    String look =
        "ook for where colours change%s".formatted(crosses ? " and where crosses begin" : "");
    PageTables tables = new PageTables(study);
    PageText text = new PageText(input, study);
    return List.of(
        new PageSection("summary", "Summary", "Summary", "", text.summary(tables)),
        new PageSection(
            "figures",
            "Dot plots",
            table ? "The outcome over what matters most" : "Every model",
            table
                ? "Each circle is a place of two hyper-parameters: l" + look + "."
                : "Each circle is a setting: by the model's own loss first, then against PCA, where only below 1 a model has something to offer. L"
                    + look
                    + "; a click, or Enter, opens the trials of a circle.",
            drawings.starting("dots-")),
        new PageSection(
            "sensitivity",
            "What matters",
            "Which settings matter, and how sure",
            "The farther right a dot, the more of the variation goes with that setting; of two whose intervals overlap, these runs do not tell which is longer.",
            drawings.starting("shares-") + text.sensitivity()),
        new PageSection(
            "interactions",
            "Interactions",
            "What settings do together",
            "Where the best value of one setting changes with another, rows do not look alike.",
            drawings.starting("interactions-")),
        new PageSection(
            "failures",
            "Failures",
            "Where runs fail",
            "Look for values at which runs begin to fail, and for what failing goes with.",
            drawings.starting("failures-")),
        new PageSection(
            "curves",
            "Curves",
            "Learning curves",
            "A line that still falls at its dot was stopped early; one that rises before it learned too much of the training part. A click opens its trial.",
            drawings.starting("curves-")),
        new PageSection(
            "parallel",
            "All at once",
            "All settings and outcomes at once",
            "A line is a "
                + noun
                + ": drag along an axis to keep those that pass there; the table of "
                + noun
                + "s then lists these alone.",
            several ? view("parallel-view") : ""),
        new PageSection(
            "scatter",
            "Two outcomes",
            "One column against another",
            "What is good by one outcome need not be by another: look for points far from the common line. A click opens a "
                + noun
                + ".",
            several ? view("scatter-view") : ""),
        new PageSection(
            "latent",
            "Latent space",
            "Latent space of kept trials",
            "A point is a sample, where the trained encoder puts it: look for labels that lie apart, and for batches that should not.",
            input.latents().isEmpty() ? "" : view("latent-view")),
        new PageSection(
            "regions",
            "Safe regions",
            "Where it is safe",
            "Framed: the largest box of settings every one of which did as well as the best in these runs. Whether another seed would say so too, the caption tells.",
            drawings.starting("regions-")),
        new PageSection(
            "noise",
            "Seed noise",
            "What another seed changes",
            "Differences smaller than these are none.",
            drawings.starting("noise-")),
        new PageSection(
            "costs",
            "Time and memory",
            "Time and memory",
            "What trials took, and what a better result costs.",
            drawings.starting("costs-")),
        new PageSection("more", "Further figures", "Further figures", "", drawings.rest()),
        new PageSection(
            "trials",
            table ? "Runs" : "Trials",
            table ? "Runs" : "Trials",
            "Sort by a column's name, filter by words or by numbers such as epochs>50; a row opens its "
                + noun
                + ".",
            (table ? "" : "<p class=\"note\">" + PageText.VERDICTS + "</p>\n")
                + "<div id=\"trial-table\"><p>This table needs JavaScript"
                + (table ? "." : "; <code>trials.csv</code> beside this page has the same rows.")
                + "</p></div>\n"),
        new PageSection(
            "baselines",
            "Baselines",
            "Baselines beside the models",
            "",
            table
                ? ""
                : PageText.BASELINES
                    + PageText.scroll(tables.baselines(), "Errors by latent size")),
        new PageSection(
            "methods", "Methods", "Methods, for a paper", "", table ? "" : text.methods()),
        new PageSection(
            "settings",
            "Settings",
            "Settings",
            "",
            table
                ? ""
                : "<p>The resolved study file: every key, defaults included.</p>\n<pre tabindex=\"0\">"
                    + Markup.escape(input.studyYaml())
                    + "</pre>\n"),
        new PageSection(
            "provenance",
            table ? "About" : "Provenance",
            table ? "About this page" : "Provenance",
            "",
            (table ? "" : PageText.scroll(tables.provenance(), "How the trials were made"))
                + "<details class=\"licences\">\n<summary>Licences of what this page contains</summary>\n<pre tabindex=\"0\">"
                + Markup.escape(PageScripts.vegaLicences())
                + "</pre>\n</details>\n"));
  }

  private static String view(String id) {
    return "<div class=\"view\" id=\"%s\"><p>This view needs JavaScript.</p></div>\n".formatted(id);
  }
}
