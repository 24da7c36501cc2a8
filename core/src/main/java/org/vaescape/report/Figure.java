package org.vaescape.report;

import java.util.function.Consumer;

/// A picture that can be drawn on any canvas, and the words that go with it.
///
/// @param name of its files, without ending; unique in a report
/// @param caption what it shows and how to read it, as a paper would print it
/// @param alternative what a reader who does not see it should know
record Figure(
    String name,
    String title,
    String caption,
    String alternative,
    double width,
    double height,
    Consumer<Canvas> drawing) {

  /// What a figure shows below its title.
  interface Body {
    /// Draws it.
    ///
    /// @param top where it begins
    void draw(Canvas canvas, double top);
  }

  /// A figure of a title, a body and a legend, one below the other.
  ///
  /// @param bodyHeight with the room between body and legend
  /// @param legend adds what explains the body; nothing where it explains itself
  static Figure of(
      String name,
      String title,
      String caption,
      String alternative,
      double width,
      double bodyHeight,
      Body body,
      Consumer<Legend> legend) {
    Heading heading = Heading.of(title, width);
    double top = heading.height();
    double legendTop = top + bodyHeight;
    Legend explanation = new Legend(width - 2 * Theme.MARGIN);
    legend.accept(explanation);
    return new Figure(
        name,
        title,
        caption,
        alternative,
        width,
        legendTop + explanation.height() + Theme.MARGIN,
        canvas -> {
          heading.draw(canvas);
          body.draw(canvas, top);
          explanation.draw(canvas, Theme.MARGIN, legendTop);
        });
  }

  /// The same under another name.
  Figure named(String other) {
    return new Figure(other, title, caption, alternative, width, height, drawing);
  }

  /// As the page has it.
  String svg() {
    return svg(SvgCanvas.ofPage(name, title, alternative, width, height));
  }

  /// As a file for papers, with outlines for text.
  String outlinedSvg() {
    return svg(SvgCanvas.ofPaper(name, title, alternative, width, height));
  }

  private String svg(SvgCanvas canvas) {
    drawing.accept(canvas);
    return canvas.finish();
  }

  byte[] png(PngCanvas.Pixels pixels) {
    PngCanvas canvas = new PngCanvas(width, height, pixels);
    drawing.accept(canvas);
    return canvas.finish();
  }

  byte[] pdf() {
    PdfCanvas canvas = new PdfCanvas(title, alternative, width, height);
    drawing.accept(canvas);
    return canvas.finish();
  }
}
