package org.vaescape.report;

/// A part of the page.
///
/// @param link its name at the top
/// @param title its heading
/// @param see what a reader should look for, in a sentence
/// @param content HTML; a part without any is left out
record PageSection(String id, String link, String title, String see, String content) {
  boolean filled() {
    return !content.isBlank();
  }

  String html() {
    return "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%s</h2>\n%s%s</section>\n"
        .formatted(
            id,
            id,
            id,
            title,
            see.isEmpty() ? "" : "<p class=\"see\">" + Markup.escape(see) + "</p>\n",
            content);
  }
}
