package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ColorScaleTest {
  private static final double[] LOSSES = {.009, .01, .012, .02, .031, .043, .0777, .0777, .0777};

  @Test
  void aWildValueDoesNotMoveTheLimits() {
    double[] wild = DoubleStream.concat(DoubleStream.of(LOSSES), DoubleStream.of(3e9)).toArray();
    ColorScale scale = ColorScale.of(wild);
    assertEquals(ColorScale.of(LOSSES), scale);
    assertEquals(.009, scale.low());
    assertEquals(.0777, scale.high());
    assertTrue(scale.isOver(3e9));
    assertEquals(Theme.OVER, scale.color(3e9));
    assertFalse(scale.isOver(.0777));
  }

  @Test
  void valuesThatAreNotFiniteCountForNothing() {
    double[] more =
        DoubleStream.concat(
                DoubleStream.of(LOSSES), DoubleStream.of(Double.NaN, Double.POSITIVE_INFINITY))
            .toArray();
    assertEquals(ColorScale.of(LOSSES), ColorScale.of(more));
  }

  @Test
  void cutsNothingWhereMostValuesAreEqual() {
    ColorScale scale = ColorScale.of(new double[] {1, 1, 1, 1, 1, 1, 1, 2, 5});
    assertEquals(5, scale.high());
  }

  @Test
  void halfWayIsTheGeometricMean() {
    ColorScale scale = ColorScale.of(new double[] {1, 100});
    assertEquals(.5, scale.position(10), 1e-12);
    assertEquals(List.of(1., 10., 100.), scale.ticks());
  }

  @Test
  void negativeValuesMakeItLinear() {
    ColorScale scale = ColorScale.of(new double[] {-1, 0, 1});
    assertEquals(.5, scale.position(0), 1e-12);
  }

  @Test
  void oneValueOrNoneStillMakesAScale() {
    ColorScale one = ColorScale.of(new double[] {.02});
    assertEquals(.5, one.position(.02), .02);
    assertFalse(one.ticks().isEmpty());
    assertFalse(ColorScale.of(new double[] {}).ticks().isEmpty());
  }

  @Test
  void coloursGrowLighterFromEndToEnd() {
    double before = -1;
    for (int i = 0; i <= 100; i++) {
      int rgb = Integer.parseInt(ColorMap.at(i / 100.).substring(1), 16);
      double lightness = .2126 * (rgb >> 16) + .7152 * (rgb >> 8 & 255) + .0722 * (rgb & 255);
      assertTrue(lightness > before, "at " + i);
      before = lightness;
    }
    assertEquals("#440154", ColorMap.at(0));
    assertEquals("#fde725", ColorMap.at(1));
  }
}
