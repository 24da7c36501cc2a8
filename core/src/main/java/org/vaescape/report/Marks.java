package org.vaescape.report;

import org.vaescape.report.Canvas.Paint;
import org.vaescape.study.Status;

/// The signs that stand for trials in dot plots.
final class Marks {
  private static final double OUTLINE = .7;
  private static final double BROKEN_RADIUS = 5.5;

  /// The smallest circle in which a verdict can still be seen.
  private static final double READABLE = 4.2;

  /// A trial that ran to its end: a circle for `learned`, and one changed for each other verdict.
  static void complete(
      Canvas canvas, double x, double y, double radius, String color, String verdict) {
    Paint paint = Paint.fill(color).outlined(Theme.INK, OUTLINE);
    Paint hole = Paint.fill(Theme.PAPER).outlined(Theme.INK, OUTLINE * .7);
    double r = verdict.equals("learned") ? radius : Math.max(radius, READABLE);
    switch (verdict) {
      case "untrained" -> {
        canvas.circle(x, y, r, paint);
        canvas.circle(x, y, r * .58, hole);
      }
      case "collapsed" -> {
        canvas.circle(x, y, r, Paint.fill(Theme.PAPER).outlined(Theme.INK, OUTLINE));
        canvas.polygon(halfDisc(x, y, r), paint);
      }
      case "below-mean" -> {
        canvas.circle(x, y, r, paint);
        canvas.rect(x - r * .6, y - r * .17, r * 1.2, r * .34, hole);
      }
      case "exploded" -> {
        double d = r * 1.1;
        canvas.polygon(new double[] {x, y - d, x + d, y, x, y + d, x - d, y}, paint);
      }
      default -> canvas.circle(x, y, r, paint);
    }
  }

  /// The lower half of a disc.
  private static double[] halfDisc(double x, double y, double radius) {
    int steps = 16;
    double[] points = new double[2 * (steps + 1)];
    for (int i = 0; i <= steps; i++) {
      points[2 * i] = x + radius * Math.cos(Math.PI * i / steps);
      points[2 * i + 1] = y + radius * Math.sin(Math.PI * i / steps);
    }
    return points;
  }

  /// A trial that ran to its end without a finite value of the measure.
  static void withoutValue(Canvas canvas, double x, double y) {
    canvas.circle(x, y, 4, Paint.stroke(Theme.NOT_RUN, 1.2));
  }

  static void notRun(Canvas canvas, double x, double y) {
    canvas.circle(x, y, 1.6, Paint.fill(Theme.NOT_RUN));
  }

  static void broken(Canvas canvas, double x, double y, Status status) {
    broken(canvas, x, y, BROKEN_RADIUS, status);
  }

  static void broken(Canvas canvas, double x, double y, double r, Status status) {
    Paint line = Paint.stroke(Theme.FAILED, Math.max(1.1, r * .36));
    Paint hollow = Paint.fill(Theme.PAPER).outlined(Theme.FAILED, Math.max(1, r * .3));
    switch (status) {
      case OUT_OF_MEMORY -> canvas.rect(x - r * .85, y - r * .85, r * 1.7, r * 1.7, hollow);
      case FAILED ->
          canvas.polygon(new double[] {x, y - r, x + r, y + r * .75, x - r, y + r * .75}, hollow);
      case TIMED_OUT ->
          canvas.polygon(new double[] {x, y + r, x + r, y - r * .75, x - r, y - r * .75}, hollow);
      case PRUNED -> {
        canvas.polyline(new double[] {x - r, y, x + r, y}, line);
        canvas.polyline(new double[] {x, y - r, x, y + r}, line);
      }
      case DIVERGED, CONVERGED, MAX_EPOCHS -> {
        double d = r * .85;
        canvas.polyline(new double[] {x - d, y - d, x + d, y + d}, line);
        canvas.polyline(new double[] {x - d, y + d, x + d, y - d}, line);
      }
    }
  }

  private Marks() {}
}
