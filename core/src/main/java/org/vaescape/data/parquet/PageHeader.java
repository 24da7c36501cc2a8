package org.vaescape.data.parquet;

import java.io.IOException;

/// What stands before the values of a page.
///
/// @param kind DATA, DICTIONARY or DATA_2; others are passed over
/// @param unzipped bytes of the page when it is unzipped
/// @param zipped bytes of the page in the file
/// @param checksum of those, CRC-32; -1 if there is none
/// @param levels bytes before the values of DATA_2 that are never compressed
/// @param repetitions of those, bytes that a flat column has none of
/// @param compressed whether the rest of DATA_2 is
/// @param end index of the first byte behind the header
record PageHeader(
    int kind,
    int unzipped,
    int zipped,
    long checksum,
    int values,
    int encoding,
    int levelEncoding,
    int levels,
    int repetitions,
    boolean compressed,
    int end) {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_2 = 3;

  static PageHeader read(byte[] bytes, int at) throws IOException {
    Thrift in = new Thrift(bytes, at);
    long[] top = {-1, -1, -1, -1, -1}; // by the number of the field
    int[] inner = new int[9];
    inner[3] = Encoding.RLE;
    boolean[] compressed = {true};
    in.structure(id -> {
      switch (id) {
        case 1, 2, 3 -> top[id] = in.small();
        case 4 -> top[4] = in.small() & 0xffffffffL;
        case 5, 7 ->
            in.member(of -> {
              if (of == 1 || of == 2 || (of == 3 && id == 5)) {
                inner[of] = in.small();
              } else {
                in.skip();
              }
            });
        case 8 ->
            in.member(of -> {
              switch (of) {
                case 1 -> inner[1] = in.small();
                case 4 -> inner[2] = in.small();
                case 5, 6 -> inner[of] = in.small();
                case 7 -> compressed[0] = in.truth();
                default -> in.skip();
              }
            });
        default -> in.skip();
      }
    });
    return new PageHeader(
        (int) top[1],
        (int) top[2],
        (int) top[3],
        top[4],
        inner[1],
        inner[2],
        inner[3],
        inner[5],
        inner[6],
        compressed[0],
        in.at());
  }
}
