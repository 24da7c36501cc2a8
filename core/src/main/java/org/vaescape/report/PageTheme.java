package org.vaescape.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// [Theme] in the words of style sheets, and as JSON for the script's views.
final class PageTheme {
  /// Colours on which the script's views are drawn.
  private record Shades(String paper, String ink, String quiet, String frame, String grid) {
    static final Shades LIGHT =
        new Shades(Theme.PAPER, Theme.INK, Theme.QUIET, Theme.FRAME, Theme.GRID);
    static final Shades DARK =
        new Shades(
            Theme.DARK_PAPER, Theme.DARK_INK, Theme.DARK_QUIET, Theme.DARK_FRAME, Theme.DARK_GRID);

    String css() {
      return "--paper: %s; --ink: %s; --quiet: %s; --line: %s; --grid: %s;"
          .formatted(paper, ink, quiet, frame, grid);
    }
  }

  /// Steps of the colours of numbers.
  private static final int RAMP = 12;

  /// Up to this position these are too dark for a dark screen.
  private static final double FAINT = 0.25;

  private PageTheme() {}

  /// Variables of colours, light and dark.
  static String css() {
    return ":root { %s --failed: %s; }\n@media screen and (prefers-color-scheme: dark) {\n  :root { %s }\n}\n"
        .formatted(Shades.LIGHT.css(), Theme.FAILED, Shades.DARK.css());
  }

  /// `{"light": .., "dark": ..}`, configurations of Vega-Lite, with the colours of series, classes
  /// and numbers beside them.
  static String json() {
    return ScriptJson.of(out -> {
      out.writeStartObject();
      config(out, "light", Shades.LIGHT);
      config(out, "dark", Shades.DARK);
      ScriptJson.texts(out, "series", Theme.SERIES);
      ScriptJson.texts(out, "classes", ClassColors.ALL);
      ScriptJson.texts(out, "ramp", ramp(0));
      ScriptJson.texts(out, "darkRamp", ramp(FAINT));
      out.writeEndObject();
    });
  }

  /// Colours of numbers, evenly from this position on.
  private static List<String> ramp(double from) {
    return IntStream.range(0, RAMP)
        .mapToObj(i -> ColorMap.at(from + (1 - from) * i / (RAMP - 1)))
        .toList();
  }

  private static void config(JsonGenerator out, String name, Shades shades) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("background", shades.paper);
    out.writeStringField("font", Theme.FONT);
    out.writeObjectFieldStart("view");
    out.writeStringField("stroke", shades.frame);
    out.writeEndObject();
    out.writeObjectFieldStart("axis");
    words(out, shades);
    out.writeStringField("gridColor", shades.grid);
    out.writeStringField("domainColor", shades.frame);
    out.writeStringField("tickColor", shades.frame);
    out.writeEndObject();
    out.writeObjectFieldStart("legend");
    words(out, shades);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void words(JsonGenerator out, Shades shades) throws IOException {
    out.writeStringField("labelColor", shades.ink);
    out.writeStringField("titleColor", shades.ink);
    out.writeNumberField("labelFontSize", Theme.LABEL);
    out.writeNumberField("titleFontSize", Theme.LABEL);
    out.writeStringField("titleFontWeight", "normal");
  }
}
