package org.vaescape.data.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.vaescape.UserError;

/// A Parquet file: columns that are read one at a time, each over all groups of rows.
///
/// Holds what the footer says and one column. Sizes in the file are claims: what does not fit the
/// file's length, or unzips to more than real data do, is refused before memory is taken.
public final class ParquetTable implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /// Behind the footer: its length and the magic.
  private static final int TAIL = Integer.BYTES + 4;

  /// Pages are made of about 1 MB.
  private static final int PLAIN_PAGE = 1 << 26;

  private final String source;
  private final FileChannel file;
  private final Footer footer;

  private ParquetTable(String source, FileChannel file, Footer footer) {
    this.source = source;
    this.file = file;
    this.footer = footer;
  }

  /// Whether a file that begins so is one.
  public static boolean begins(byte[] first) {
    return Arrays.equals(first, MAGIC);
  }

  /// Opens a file and reads its footer.
  ///
  /// @throws EOFException if the end is missing
  /// @throws ZipException if it is damaged
  public static ParquetTable open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new ParquetTable(path.toString(), file, footer(path, file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Footer footer(Path path, FileChannel file) throws IOException {
    long length = file.size();
    if (length < MAGIC.length + TAIL) {
      throw new EOFException();
    }
    byte[] tail = bytes(file, length - TAIL, TAIL);
    byte[] magic = Arrays.copyOfRange(tail, Integer.BYTES, TAIL);
    if (Arrays.equals(magic, "PARE".getBytes(StandardCharsets.US_ASCII))) {
      throw new UserError(path + " is encrypted Parquet; write it without encryption");
    }
    if (!begins(magic)) {
      throw new EOFException();
    }
    int count = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (count <= 0 || count > length - TAIL - MAGIC.length) {
      throw new ZipException("its footer does not fit the file");
    }
    return Footer.of(bytes(file, length - TAIL - count, count));
  }

  private static byte[] bytes(FileChannel file, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.array();
  }

  /// Rows of the table, which may be too many for an array.
  public long rows() {
    return footer.rows();
  }

  /// Columns of one value a row, in the order of the file.
  public List<Column> columns() {
    return footer.columns();
  }

  /// Names of columns that hold lists or tables themselves, which are not read.
  public List<String> nested() {
    return footer.nested();
  }

  /// What the program that wrote it left for itself.
  public Map<String, String> metadata() {
    return footer.metadata();
  }

  /// Values of a column that [Column#isNumber]; NaN where one is missing.
  public float[] numbers(Column column) throws IOException {
    return read(column, new Numbers(column));
  }

  /// Values of a column that [Column#isName]; empty where one is missing.
  public String[] names(Column column) throws IOException {
    return read(column, new Texts(column));
  }

  private <A> A read(Column column, Decoder<A> decoder) throws IOException {
    A all = decoder.array(Math.toIntExact(footer.rows()));
    int row = 0;
    for (Footer.RowGroup group : footer.groups()) {
      Footer.Chunk chunk = group.chunks().get(column.chunk());
      if (chunk.values() != group.rows()) {
        throw new ZipException("column " + column.name() + " has other rows than the footer says");
      }
      read(column, chunk, decoder, all, row);
      row += Math.toIntExact(group.rows());
    }
    return all;
  }

  private <A> void read(Column column, Footer.Chunk chunk, Decoder<A> decoder, A all, int first)
      throws IOException {
    Codec codec = codec(column, chunk);
    if (chunk.start() < MAGIC.length
        || chunk.bytes() < 0
        || chunk.bytes() > Integer.MAX_VALUE - 8
        || chunk.bytes() > file.size() - chunk.start()) {
      throw new ZipException("column " + column.name() + " is said to lie outside of the file");
    }
    byte[] bytes = bytes(file, chunk.start(), (int) chunk.bytes());
    A dictionary = decoder.array(0);
    int at = 0;
    int row = first;
    int end = first + (int) chunk.values();
    while (row < end) {
      PageHeader page = PageHeader.read(bytes, at);
      at = page.end();
      check(page, bytes, at);
      if (page.kind() == PageHeader.DICTIONARY) {
        ByteBuffer values = values(page, codec, bytes, at);
        requireFits(page.values() <= values.remaining());
        dictionary = decoder.decoded(Encoding.PLAIN, values, page.values());
      } else if (page.kind() == PageHeader.DATA || page.kind() == PageHeader.DATA_2) {
        requireFits(page.values() > 0 && page.values() <= end - row);
        ByteBuffer values = values(page, codec, bytes, at);
        try {
          take(column, page, values, decoder, dictionary, all, row);
        } catch (UnknownEncoding e) {
          throw new UserError(
              "%s: column %s has encoding %s of Parquet, which is not read; write it anew with PLAIN or a dictionary"
                  .formatted(source, column.name(), e.encoding()),
              e);
        }
        row += page.values();
      }
      at += page.zipped();
    }
  }

  private Codec codec(Column column, Footer.Chunk chunk) throws ZipException {
    Codec codec = Codec.of(chunk.codec());
    if (!Codec.KNOWN.contains(codec)) {
      throw new UserError(
          "%s: column %s is compressed by %s; write it with snappy, zstd or gzip"
              .formatted(
                  source,
                  column.name(),
                  codec.toString().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    return codec;
  }

  private static void check(PageHeader page, byte[] bytes, int at) throws ZipException {
    requireFits(page.zipped() >= 0 && page.zipped() <= bytes.length - at && page.values() >= 0);
    requireFits(page.unzipped() >= 0 && page.levels() >= 0 && page.repetitions() >= 0);
    requireFits(page.unzipped() <= Math.max(PLAIN_PAGE, 1000L * page.zipped()));
    if (page.checksum() >= 0) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes, at, page.zipped());
      requireFits(checksum.getValue() == page.checksum());
    }
  }

  /// What a page holds, unzipped. The second version leaves levels as they are.
  private static ByteBuffer values(PageHeader page, Codec codec, byte[] bytes, int at)
      throws IOException {
    byte[] unzipped;
    if (page.kind() == PageHeader.DATA_2) {
      long levels = (long) page.levels() + page.repetitions();
      requireFits(levels <= page.zipped() && levels <= page.unzipped());
      int count = (int) levels;
      Codec ofRest = page.compressed() && page.zipped() > count ? codec : Codec.NONE;
      byte[] rest =
          ofRest.unzipped(bytes, at + count, page.zipped() - count, page.unzipped() - count);
      unzipped = new byte[count + rest.length];
      System.arraycopy(bytes, at, unzipped, 0, count);
      System.arraycopy(rest, 0, unzipped, count, rest.length);
    } else {
      unzipped = codec.unzipped(bytes, at, page.zipped(), page.unzipped());
    }
    return ByteBuffer.wrap(unzipped).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static <A> void take(
      Column column,
      PageHeader page,
      ByteBuffer in,
      Decoder<A> decoder,
      A dictionary,
      A all,
      int row)
      throws IOException {
    int[] present = column.optional() ? present(page, in) : new int[0];
    int count = column.optional() ? Arrays.stream(present).sum() : page.values();
    boolean indexed =
        page.encoding() == Encoding.PLAIN_DICTIONARY || page.encoding() == Encoding.RLE_DICTIONARY;
    int[] indices = indexed && count > 0 ? indices(in, count) : new int[0];
    A values = indexed || count == 0 ? dictionary : decoder.decoded(page.encoding(), in, count);
    int length = decoder.length(values);
    int next = 0;
    for (int i = 0; i < page.values(); i++) {
      if (!column.optional() || present[i] == 1) {
        int index = indexed ? indices[next] : next;
        next++;
        requireFits(index >= 0 && index < length);
        decoder.copy(values, index, all, row + i);
      }
    }
  }

  /// For each row 1 if it has a value, 0 if that is missing.
  private static int[] present(PageHeader page, ByteBuffer in) throws IOException {
    if (page.levelEncoding() != Encoding.RLE) {
      throw new UnknownEncoding(page.levelEncoding());
    }
    long length;
    if (page.kind() == PageHeader.DATA_2) {
      in.position(page.repetitions());
      length = page.levels();
    } else {
      length = Encoding.fixed(in, Integer.BYTES);
    }
    requireFits(length >= 0 && length <= in.remaining());
    int end = in.position() + (int) length;
    int[] levels = Encoding.hybrid(in.slice(in.position(), (int) length), 1, page.values());
    in.position(end);
    for (int level : levels) {
      requireFits(level == 0 || level == 1);
    }
    return levels;
  }

  private static int[] indices(ByteBuffer in, int count) throws IOException {
    return Encoding.hybrid(in, (int) Encoding.fixed(in, 1), count);
  }

  private static void requireFits(boolean fits) throws ZipException {
    if (!fits) {
      throw Encoding.damaged();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
