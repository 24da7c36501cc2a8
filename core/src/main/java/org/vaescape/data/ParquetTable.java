package org.vaescape.data;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.vaescape.UserError;

/// A Parquet file: columns that are read one at a time, each over all groups of rows, so that no
/// more than a column of it is in memory.
final class ParquetTable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final ParquetFileReader file;
  private final List<Type> fields;

  private ParquetTable(ParquetFileReader file) {
    this.file = file;
    this.fields = file.getFileMetaData().getSchema().getFields();
  }

  /// Whether a file that begins so is one.
  static boolean begins(byte[] first) {
    return Arrays.equals(first, MAGIC);
  }

  interface Reader<T> {
    T read(ParquetTable table) throws IOException;
  }

  /// Lets somebody read a file, and says in one sentence what is wrong with it.
  ///
  /// @throws EOFException if the end is missing
  static <T> T open(Path path, Reader<T> reader) throws IOException {
    requireEnd(path);
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .withCodecFactory(new ParquetCodecs(path.toString()))
            .build();
    try (ParquetFileReader file = new ParquetFileReader(new LocalInputFile(path), options)) {
      return reader.read(new ParquetTable(file));
    } catch (UserError e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw DataFile.tooLarge(path, e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // What the library throws where a file is damaged depends on the byte, and may hold all of
      // it.
      throw new UserError(
          path
              + ": is Parquet that is damaged or cannot be read; copy or download it again, or write it anew",
          e);
    }
  }

  /// What a file ends in says that it has come whole, and whether anybody may read it.
  private static void requireEnd(Path path) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      ByteBuffer end = ByteBuffer.allocate(MAGIC.length);
      file.position(Math.max(0, file.size() - MAGIC.length)).read(end);
      String sign = new String(end.array(), StandardCharsets.US_ASCII);
      if (sign.equals("PARE")) {
        throw new UserError(path + " is encrypted Parquet; write it without encryption");
      }
      if (!begins(end.array())) {
        throw new EOFException();
      }
    }
  }

  /// Rows of the table, which may be too many for an array.
  long rows() {
    return file.getRecordCount();
  }

  /// Columns of one value a row, in the order of the file.
  List<Column> columns() {
    return fields.stream()
        .filter(ParquetTable::isFlat)
        .map(field -> new Column(field.asPrimitiveType()))
        .toList();
  }

  /// Names of columns that hold lists or tables themselves, which are not read.
  List<String> nested() {
    return fields.stream().filter(field -> !isFlat(field)).map(Type::getName).toList();
  }

  private static boolean isFlat(Type field) {
    return field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED);
  }

  /// What the program that wrote it left for itself.
  Map<String, String> metadata() {
    return file.getFileMetaData().getKeyValueMetaData();
  }

  /// Values of a column that [Column#isNumber]; NaN where one is missing.
  float[] numbers(Column column) throws IOException {
    float[] numbers = new float[Math.toIntExact(rows())];
    Arrays.fill(numbers, Float.NaN);
    read(column, (row, in) -> numbers[row] = column.number(in));
    return numbers;
  }

  /// Values of a column that [Column#isName]; empty where one is missing.
  List<String> names(Column column) throws IOException {
    String[] names = new String[Math.toIntExact(rows())];
    Arrays.fill(names, "");
    read(column, (row, in) -> names[row] = column.name(in));
    return List.of(names);
  }

  private interface Value {
    void take(int row, ColumnReader in);
  }

  /// @param value takes those that are not missing
  private void read(Column column, Value value) throws IOException {
    MessageType alone = new MessageType("column", column.type);
    file.setRequestedSchema(alone);
    int row = 0;
    for (int group = 0; group < file.getRowGroups().size(); group++) {
      try (PageReadStore pages = file.readRowGroup(group)) {
        ColumnReader in =
            new ColumnReadStoreImpl(
                    pages, new Unused(), alone, file.getFileMetaData().getCreatedBy())
                .getColumnReader(alone.getColumns().getFirst());
        int present = in.getDescriptor().getMaxDefinitionLevel();
        for (long left = pages.getRowCount(); left > 0; left--) {
          if (in.getCurrentDefinitionLevel() == present) {
            value.take(row, in);
          }
          in.consume();
          row++;
        }
      }
    }
  }

  /// The library's way to make records, which it asks for although none are made.
  private static final class Unused extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /// A column of one value a row.
  record Column(PrimitiveType type) {
    String name() {
      return type.getName();
    }

    /// Whether its values are numbers: whole, of floating point or decimal.
    boolean isNumber() {
      return switch (type.getLogicalTypeAnnotation()) {
        case null -> isFloating() || isWhole();
        case IntLogicalTypeAnnotation _,
            DecimalLogicalTypeAnnotation _,
            Float16LogicalTypeAnnotation _ ->
            true;
        default -> false;
      };
    }

    boolean isText() {
      LogicalTypeAnnotation sense = type.getLogicalTypeAnnotation();
      return stored() == PrimitiveTypeName.BINARY
          && (sense == null || sense instanceof StringLogicalTypeAnnotation);
    }

    /// Whether its values can be names: texts or whole numbers.
    boolean isName() {
      return isText() || (isWhole() && isNumber() && !isDecimal());
    }

    /// How messages name the type.
    String typeText() {
      LogicalTypeAnnotation sense = type.getLogicalTypeAnnotation();
      String text = sense == null ? stored().toString() : sense.toString();
      return text.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private PrimitiveTypeName stored() {
      return type.getPrimitiveTypeName();
    }

    private boolean isFloating() {
      return stored() == PrimitiveTypeName.FLOAT || stored() == PrimitiveTypeName.DOUBLE;
    }

    private boolean isWhole() {
      return stored() == PrimitiveTypeName.INT32 || stored() == PrimitiveTypeName.INT64;
    }

    private boolean isDecimal() {
      return type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
    }

    private boolean isUnsigned() {
      return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation whole
          && !whole.isSigned();
    }

    private String name(ColumnReader in) {
      return isText() ? in.getBinary().toStringUsingUTF8() : whole(in).toString();
    }

    private float number(ColumnReader in) {
      return switch (type.getLogicalTypeAnnotation()) {
        case DecimalLogicalTypeAnnotation decimal ->
            new BigDecimal(whole(in), decimal.getScale()).floatValue();
        case Float16LogicalTypeAnnotation _ ->
            Float.float16ToFloat(
                in.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
        case null, default ->
            switch (stored()) {
              case FLOAT -> in.getFloat();
              case DOUBLE -> (float) in.getDouble();
              case INT32 ->
                  isUnsigned() ? Integer.toUnsignedLong(in.getInteger()) : in.getInteger();
              default -> isUnsigned() ? whole(in).floatValue() : in.getLong();
            };
      };
    }

    private BigInteger whole(ColumnReader in) {
      return switch (stored()) {
        case INT32 ->
            BigInteger.valueOf(
                isUnsigned() ? Integer.toUnsignedLong(in.getInteger()) : in.getInteger());
        case INT64 ->
            isUnsigned()
                ? new BigInteger(Long.toUnsignedString(in.getLong()))
                : BigInteger.valueOf(in.getLong());
        default -> new BigInteger(in.getBinary().getBytes());
      };
    }
  }
}
