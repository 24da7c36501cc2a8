package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static float parse(String text) {
    byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
    return Decimals.parse(bytes, 1, bytes.length - 1, (byte) 46);
  }

  private static void assertLikeJava(String text) {
    assertEquals(
        Float.floatToRawIntBits(Float.parseFloat(text)),
        Float.floatToRawIntBits(parse(text)),
        text);
  }

  @Test
  void roundsRandomDecimalsAsJavaDoes() {
    SplittableRandom random = new SplittableRandom(20261);
    for (int i = 0; i < 60_000; i++) {
      BigDecimal decimal =
          BigDecimal.valueOf(
              random.nextLong() >> random.nextInt(64), random.nextInt(20)); // up to 19 digits
      assertLikeJava(decimal.toPlainString());
    }
  }

  @Test
  void roundsFloatsAndTheirDecimalsAsJavaDoes() {
    SplittableRandom random = new SplittableRandom(20262);
    for (int i = 0; i < 30_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertLikeJava(Float.toString(value));
      }
      assertLikeJava(String.format(Locale.ROOT, "%.4f", random.nextDouble(-20, 20)));
    }
  }

  @Test
  void roundsDecimalsNextToTheMiddleOfTwoFloatsAsJavaDoes() {
    SplittableRandom random = new SplittableRandom(20263);
    for (int i = 0; i < 30_000; i++) {
      float value = random.nextInt(1 << 24) / (float) (1 << random.nextInt(1, 20));
      BigDecimal middle =
          new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
      assertLikeJava(middle.toPlainString());
      BigDecimal nudge = BigDecimal.ONE.movePointLeft(random.nextInt(10, 30));
      assertLikeJava(middle.add(nudge).toPlainString());
      assertLikeJava(middle.subtract(nudge).toPlainString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "5.",
        ".5",
        "+1.5",
        " 2.5 ",
        "1e-3",
        "1.25E+2",
        "-7e10",
        "1e-46",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.000000000000000000000000001"
      })
  void readsOddForms(String text) {
    assertLikeJava(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "NaN", "nan", "null", " NA "})
  void takesMissingValuesForNaN(String text) {
    assertTrue(Float.isNaN(parse(text)));
  }

  @Test
  void overflowsToInfinity() {
    assertEquals(Float.NEGATIVE_INFINITY, parse("-1e39"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "1f",
        "1d",
        "0x1p3",
        "Infinity",
        "inf",
        "1,5",
        "1.2.3",
        "--1",
        "-",
        ".",
        "1e",
        "na",
        "1 2",
        "٣"
      })
  void refusesWhatIsNoDecimalNumber(String text) {
    assertThrows(NumberFormatException.class, () -> parse(text));
  }
}
