package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteCountTest {
  @ParameterizedTest
  @CsvSource({"8g, 8589934592", "512m, 536870912", "1.5G, 1610612736", "2kb, 2048"})
  void readsAmountsInPowersOf1024(String text, long bytes) {
    assertEquals(bytes, ByteCount.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "g", "-1g", "8 g", "1e3m", "0g", ""})
  void refusesWhatIsNoAmount(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteCount.of(text));
  }

  @Test
  void saysWhatAnAmountLooksLike() {
    assertEquals(
        "must be an amount such as 8g or 512m but was eight",
        assertThrows(IllegalArgumentException.class, () -> ByteCount.of("eight")).getMessage());
  }
}
