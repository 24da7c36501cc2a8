package org.vaescape.data.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.vaescape.data.parquet.Column.Sense;

/// What the end of a Parquet file says of the rest.
///
/// @param nested columns that hold lists or tables themselves
/// @param metadata of the program that wrote it
record Footer(
    long rows,
    List<Column> columns,
    List<String> nested,
    List<RowGroup> groups,
    Map<String, String> metadata) {

  /// Behind the point of a decimal: Arrow's widest have 76.
  private static final int MOST_DIGITS = 100;

  /// A group of rows.
  ///
  /// @param chunks values of each column
  record RowGroup(long rows, List<Chunk> chunks) {}

  /// The values of a column in a group of rows: pages, one after the other.
  ///
  /// @param start offset in the file
  /// @param bytes all pages together
  record Chunk(int codec, long values, long start, long bytes) {}

  /// A node of the schema: a column, or what nested columns are in.
  private record Node(Column column, boolean repeated, int children) {}

  /// @throws ZipException if it is damaged
  static Footer of(byte[] bytes) throws IOException {
    return new Reader(bytes).footer();
  }

  private static final class Reader {
    private final Thrift in;
    private long rows;
    private List<Node> nodes = List.of();
    private List<RowGroup> groups = List.of();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Reader(byte[] bytes) {
      in = new Thrift(bytes, 0);
    }

    Footer footer() throws IOException {
      in.structure(id -> {
        switch (id) {
          case 2 -> nodes = in.list(this::node);
          case 3 -> rows = in.whole();
          case 4 -> groups = in.list(this::group);
          case 5 -> in.list(this::entry);
          default -> in.skip();
        }
      });
      List<Column> columns = new ArrayList<>();
      List<String> nested = new ArrayList<>();
      int leaves = 0;
      int above = nodes.isEmpty() ? 0 : nodes.getFirst().children;
      int next = 1;
      for (int i = 0; i < above; i++) {
        Node node = at(next);
        if (node.children == 0 && !node.repeated) {
          columns.add(placed(node.column, leaves));
        } else {
          nested.add(node.column.name());
        }
        for (int open = 1; open > 0; open--) {
          Node inside = at(next++);
          open += inside.children;
          leaves += inside.children == 0 ? 1 : 0;
        }
      }
      long inGroups = 0;
      for (RowGroup group : groups) {
        if (group.chunks.size() != leaves || group.rows < 0 || group.rows > rows) {
          throw damaged();
        }
        inGroups += group.rows;
      }
      if (rows < 0 || inGroups != rows) {
        throw damaged();
      }
      return new Footer(rows, columns, nested, groups, metadata);
    }

    private Node at(int index) throws ZipException {
      if (index >= nodes.size() || nodes.get(index).children > nodes.size()) {
        throw damaged();
      }
      return nodes.get(index);
    }

    private static Column placed(Column column, int chunk) {
      return new Column(
          column.name(),
          column.type(),
          column.length(),
          column.optional(),
          column.sense(),
          column.scale(),
          chunk);
    }

    private Node node() throws IOException {
      int[] numbers = new int[11]; // by the number of the field
      numbers[6] = -1;
      String[] name = {""};
      Sense[] logical = {Sense.PLAIN};
      in.structure(id -> {
        switch (id) {
          case 1, 2, 3, 5, 6, 7 -> numbers[id] = in.small();
          case 4 -> name[0] = in.text();
          case 10 -> in.member(kind -> logical[0] = logical(kind, numbers));
          default -> in.skip();
        }
      });
      if (numbers[2] < 0 || numbers[5] < 0 || numbers[7] < 0 || numbers[7] > MOST_DIGITS) {
        throw damaged();
      }
      Sense sense = logical[0] == Sense.PLAIN ? converted(numbers[6]) : logical[0];
      PhysicalType type = PhysicalType.of(numbers[1]);
      int length = type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? numbers[2] : type.width();
      return new Node(
          new Column(name[0], type, length, numbers[3] != 0, sense, numbers[7], 0),
          numbers[3] == 2,
          numbers[5]);
    }

    /// What a number of Parquet's newer list of types means; the value of the field is read.
    private Sense logical(int kind, int[] numbers) throws IOException {
      Sense[] sense = {
        switch (kind) {
          case 1, 4, 12 -> Sense.TEXT;
          case 5 -> Sense.DECIMAL;
          case 10, 11 -> Sense.PLAIN;
          case 15 -> Sense.HALF;
          default -> Sense.OTHER;
        }
      };
      in.member(id -> {
        if (kind == 5 && id == 1) {
          numbers[7] = in.small();
        } else if (kind == 10 && id == 2) {
          sense[0] = in.truth() ? Sense.PLAIN : Sense.UNSIGNED;
        } else {
          in.skip();
        }
      });
      return sense[0];
    }

    /// The same of the older list.
    private static Sense converted(int kind) {
      return switch (kind) {
        case -1, 15, 16, 17, 18 -> Sense.PLAIN;
        case 0, 4, 19 -> Sense.TEXT;
        case 5 -> Sense.DECIMAL;
        case 11, 12, 13, 14 -> Sense.UNSIGNED;
        default -> Sense.OTHER;
      };
    }

    private RowGroup group() throws IOException {
      List<Chunk> chunks = new ArrayList<>();
      long[] count = {-1};
      in.structure(id -> {
        switch (id) {
          case 1 -> chunks.addAll(in.list(this::chunk));
          case 3 -> count[0] = in.whole();
          default -> in.skip();
        }
      });
      return new RowGroup(count[0], chunks);
    }

    private Chunk chunk() throws IOException {
      long[] numbers = new long[12]; // of the metadata, by the number of the field
      in.structure(id -> {
        if (id == 3) {
          in.member(of -> {
            switch (of) {
              case 4, 5, 7, 9, 11 -> numbers[of] = in.whole();
              default -> in.skip();
            }
          });
        } else {
          in.skip();
        }
      });
      boolean dictionary = numbers[11] > 0 && numbers[11] < numbers[9];
      return new Chunk(
          Math.clamp(numbers[4], -1, 100),
          numbers[5],
          dictionary ? numbers[11] : numbers[9],
          numbers[7]);
    }

    private String entry() throws IOException {
      String[] both = {"", ""};
      in.structure(id -> {
        if (id == 1 || id == 2) {
          both[id - 1] = in.text();
        } else {
          in.skip();
        }
      });
      metadata.put(both[0], both[1]);
      return both[0];
    }

    private static ZipException damaged() {
      return new ZipException("its footer does not fit itself");
    }
  }
}
