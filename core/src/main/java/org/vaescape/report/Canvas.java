package org.vaescape.report;

import java.util.List;
import org.vaescape.study.FinishedTrial;

/// A surface that figures draw on; x to the right, y downward, lengths in CSS pixels.
///
/// Whatever is drawn later lies on top.
interface Canvas {
  /// How a shape is painted.
  ///
  /// @param fill `#rrggbb` or [#NONE]
  /// @param stroke `#rrggbb` or [#NONE]
  /// @param width of the stroke, centred on the outline
  /// @param opacity of the stroke, from 0 to 1
  record Paint(String fill, String stroke, double width, double opacity) {
    static final String NONE = "none";

    static Paint fill(String color) {
      return new Paint(color, NONE, 0, 1);
    }

    static Paint stroke(String color, double width) {
      return new Paint(NONE, color, width, 1);
    }

    Paint outlined(String color, double width) {
      return new Paint(fill, color, width, opacity);
    }
  }

  /// Which point of a text its coordinates name, on its base line.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /// How a line of text is set.
  ///
  /// @param upward whether the text runs from bottom to top
  record TextStyle(double size, boolean bold, String color, Anchor anchor, boolean upward) {
    static TextStyle of(double size, String color, Anchor anchor) {
      return new TextStyle(size, false, color, anchor, false);
    }

    TextStyle inBold() {
      return new TextStyle(size, true, color, anchor, upward);
    }

    TextStyle turnedUpward() {
      return new TextStyle(size, bold, color, anchor, true);
    }
  }

  void circle(double x, double y, double radius, Paint paint);

  void rect(double x, double y, double width, double height, Paint paint);

  /// A closed outline through points x0, y0, x1, y1, ...
  void polygon(double[] points, Paint paint);

  /// An open line through points x0, y0, x1, y1, ...
  void polyline(double[] points, Paint paint);

  void text(String text, double x, double y, TextStyle style);

  /// Draws what belongs together, with words that a reader may ask for (a tooltip).
  void group(String words, Runnable drawing);

  /// The same of what shows these trials, which a page can open.
  default void group(String words, List<FinishedTrial> trials, Runnable drawing) {
    group(words, drawing);
  }
}
