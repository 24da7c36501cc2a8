package org.vaescape.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Changes to the bytes of a file, as damage, truncated copies and malice make them.
enum Mutation {
  FLIP {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      byte[] changed = bytes.clone();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return changed;
    }
  },
  OVERWRITE {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      byte[] changed = bytes.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      return changed;
    }
  },
  CUT {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
  },
  INSERT {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      byte[] more = new byte[random.nextInt(1, 40)];
      random.nextBytes(more);
      int at = random.nextInt(bytes.length + 1);
      return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
    }
  },
  REPEAT {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(1, 200));
      byte[] part = Arrays.copyOfRange(bytes, from, to);
      return joined(Arrays.copyOf(bytes, to), part, Arrays.copyOfRange(bytes, to, bytes.length));
    }
  },
  LEAVE_OUT {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(1, 40));
      return joined(
          Arrays.copyOf(bytes, from), new byte[0], Arrays.copyOfRange(bytes, to, bytes.length));
    }
  },
  /// Where a binary format keeps a size, an offset or a kind.
  CLAIM {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      byte[] changed = bytes.clone();
      int width = 1 << random.nextInt(4);
      if (changed.length < width) {
        return changed;
      }
      long value = EXTREMES[random.nextInt(EXTREMES.length)];
      ByteOrder order = random.nextInt(4) > 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      byte[] number = ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
      int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - width;
      System.arraycopy(number, from, changed, random.nextInt(changed.length - width + 1), width);
      return changed;
    }
  },
  /// Where a text has a number or a name.
  WORD {
    @Override
    byte[] of(byte[] bytes, SplittableRandom random) {
      byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(4));
      return joined(Arrays.copyOf(bytes, from), word, Arrays.copyOfRange(bytes, to, bytes.length));
    }
  };

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    65535,
    1 << 20,
    1 << 28,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> WORDS =
      List.of(
          "99999999999",
          "-1",
          "1e999",
          "NaN",
          "inf",
          "\"",
          "\t",
          "\n",
          "\r",
          ",",
          ";",
          "\0",
          "[",
          "{",
          "}",
          ": ",
          "- ",
          "&a ",
          "*a",
          "!!x ",
          "#",
          "'",
          "2147483648",
          "../",
          "%",
          "é",
          "\ufeff",
          "sep=;",
          "268435455",
          "\n\n",
          "0x1p3");

  abstract byte[] of(byte[] bytes, SplittableRandom random);

  private static byte[] joined(byte[] first, byte[] second, byte[] third) {
    byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    return all;
  }

  /// One of them, or a few.
  static byte[] some(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes;
    for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
      changed = values()[random.nextInt(values().length)].of(changed, random);
    }
    return changed;
  }
}
