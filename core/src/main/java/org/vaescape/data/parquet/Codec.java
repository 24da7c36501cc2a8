package org.vaescape.data.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// How pages are compressed, in the order of Parquet's own numbers.
enum Codec {
  NONE,
  SNAPPY,
  GZIP,
  LZO,
  BROTLI,
  LZ4_OF_HADOOP,
  ZSTD,
  LZ4;

  private static final List<Codec> BY_NUMBER = List.of(values());

  /// Those that are read.
  static final List<Codec> KNOWN = List.of(NONE, SNAPPY, GZIP, ZSTD, LZ4);

  /// @throws ZipException if there is none of this number
  static Codec of(int number) throws ZipException {
    require(number >= 0 && number < BY_NUMBER.size());
    return BY_NUMBER.get(number);
  }

  /// @param size of the result, which it must have
  byte[] unzipped(byte[] bytes, int from, int count, int size) throws IOException {
    try {
      return switch (this) {
        case NONE -> {
          require(count == size);
          yield Arrays.copyOfRange(bytes, from, from + count);
        }
        case SNAPPY -> new BackReferences(bytes, from, from + count, size).snappy();
        case LZ4 -> new BackReferences(bytes, from, from + count, size).lz4();
        case GZIP -> {
          try (InputStream in =
              new GZIPInputStream(new ByteArrayInputStream(bytes, from, count), 1 << 12)) {
            byte[] page = in.readNBytes(size);
            require(page.length == size);
            yield page;
          }
        }
        case ZSTD -> {
          byte[] page = new byte[size];
          require(Zstd.decompressByteArray(page, 0, size, bytes, from, count) == size);
          yield page;
        }
        case LZO, BROTLI, LZ4_OF_HADOOP -> throw new IllegalStateException(this + " is not read");
      };
    } catch (ZstdException | IndexOutOfBoundsException e) {
      ZipException told = damaged();
      told.initCause(e);
      throw told;
    }
  }

  private static void require(boolean fits) throws ZipException {
    if (!fits) {
      throw damaged();
    }
  }

  private static ZipException damaged() {
    return new ZipException("a compressed page is not what it must be");
  }
}
