package org.vaescape.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Style and script of the page, from the resources beside this class.
final class PageScripts {
  private static final List<String> STYLES = List.of("trials.css", "views.css");

  /// In this order they are one script.
  private static final List<String> SCRIPTS =
      List.of(
          "packed.js",
          "data.js",
          "curves.js",
          "trial.js",
          "table.js",
          "figures.js",
          "parallel.js",
          "vega.js",
          "scatter.js",
          "latent.js",
          "start.js");

  private static final List<String> VEGA =
      List.of("vega.min.js", "vega-lite.min.js", "vega-embed.min.js");

  private PageScripts() {}

  /// Of what a study's page has beside [PageStyle].
  static String css() {
    return STYLES.stream().map(name -> text("page/" + name)).collect(Collectors.joining());
  }

  /// One function, so that its names are nobody else's; it waits for its data to be unpacked.
  static String script() {
    return SCRIPTS.stream()
        .map(name -> text("page/" + name))
        .collect(Collectors.joining("\n", "\"use strict\";\n(async () => {\n", "})();\n"));
  }

  /// Vega, which is packed where a view needs it.
  static String vega() {
    return VEGA.stream()
        .map(name -> text("vega/" + name))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// Text as gzip in base64, half as long, which the page's script unpacks.
  static String packed(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /// Licences of [#vega].
  static String vegaLicences() {
    return text("vega/LICENSES.txt");
  }

  /// A resource beside this class.
  static String text(String name) {
    return Resource.text(PageScripts.class, name);
  }
}
