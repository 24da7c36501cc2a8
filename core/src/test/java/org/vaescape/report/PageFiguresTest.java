package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.report.Canvas.Paint;

class PageFiguresTest {
  private static Figure figure(String name, int marks) {
    return new Figure(
        name,
        name,
        "",
        "",
        100,
        100,
        canvas -> {
          for (int i = 0; i < marks; i++) {
            canvas.circle(50, 50, 2, Paint.fill(Theme.INK));
          }
        });
  }

  @Test
  void aFigureThatIsTooLargeLeavesRoomToThoseAfterIt() {
    PageFigures figures =
        new PageFigures(List.of(figure("a", 3), figure("b", 100_000), figure("c", 3)));
    String html = figures.rest();
    assertEquals(2, html.split("<svg", -1).length - 1, "figures that are drawn");
    assertEquals(1, html.split("class=\"left-out\"", -1).length - 1, "figures that are named");
  }
}
