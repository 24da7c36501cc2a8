package org.vaescape.data.simulation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.vaescape.UserError;

/// Writes what was simulated: the matrix as the ending of its name says, and beside it tables of
/// the same name. Files appear whole or not at all, and none is written over.
///
/// @param matrix ends in `.npy` (samples x genes, single precision), `.tsv` or `.tsv.gz` (genes in
///   rows, as UCSC Xena has it)
public record SimulatedFile(Path matrix) {
  private static final List<String> ENDINGS = List.of(".npy", ".tsv", ".tsv.gz");

  /// Genes that are made into text at once: a few MB.
  private static final int GENES_AT_ONCE = 64;

  /// Genes that one thread takes at once, so that it writes whole lines of the cache.
  private static final int GENES_TOGETHER = 16;

  public SimulatedFile {
    if (ENDINGS.stream().noneMatch(matrix.toString()::endsWith)) {
      throw new UserError(
          "--out must end in %s but was %s".formatted(String.join(", ", ENDINGS), matrix));
    }
  }

  public Path labels() {
    return beside(".labels.tsv");
  }

  public Path genes() {
    return beside(".genes.txt");
  }

  public Path truth() {
    return beside(".truth.tsv");
  }

  public Path description() {
    return beside(".truth.md");
  }

  private Path beside(String ending) {
    String name = String.valueOf(matrix.getFileName()).replaceFirst("\\.(npy|tsv|tsv\\.gz)$", "");
    return matrix.resolveSibling(name + ending);
  }

  /// Writes the matrix and all that belongs beside it.
  ///
  /// @param planted what the model has that was not fitted
  /// @return the files, the matrix first
  /// @throws UserError if one of them is there already, or cannot be written
  public List<Path> write(Simulation simulation, Planted planted) {
    List<Path> files = files(simulation.model().hasClasses(), planted);
    refuseExisting(files);
    try {
      Path folder = matrix.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      writeAll(files, simulation, planted);
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written (%s); free some space or make its folder writable, then run the same command again"
              .formatted(matrix, UserError.reason(e)),
          e);
    }
    return files;
  }

  /// What will be written.
  public List<Path> files(boolean hasClasses, Planted planted) {
    List<Path> files = new ArrayList<>(List.of(matrix));
    if (matrix.toString().endsWith(".npy")) {
      files.add(genes());
    }
    if (hasClasses) {
      files.add(labels());
    }
    if (!planted.isNothing()) {
      files.add(truth());
      files.add(description());
    }
    return files;
  }

  /// Keeps what is there from being written over.
  ///
  /// @throws UserError if one of them is there already
  public static void refuseExisting(List<Path> files) {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new UserError(
            "%s exists already and is not written over; move it away or give --out another name"
                .formatted(file));
      }
    }
  }

  /// None has its name before all are written: else the same command would refuse what it left.
  private void writeAll(List<Path> files, Simulation simulation, Planted planted)
      throws IOException {
    List<Path> parts = new ArrayList<>();
    try {
      for (Path file : files) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
          parts.add(part);
          write(out, file, simulation, planted);
        }
      }
      for (int i = 0; i < files.size(); i++) {
        Files.move(parts.get(i), files.get(i));
      }
    } finally {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  private void write(OutputStream out, Path file, Simulation simulation, Planted planted)
      throws IOException {
    if (file.equals(matrix)) {
      writeMatrix(out, simulation);
    } else if (file.equals(genes())) {
      write(out, simulation.model().genes());
    } else if (file.equals(labels())) {
      write(out, labels(simulation));
    } else if (file.equals(truth())) {
      write(out, truth(simulation, planted));
    } else {
      write(out, List.of(planted.description(simulation.model(), simulation.samples()).strip()));
    }
  }

  private static void write(OutputStream out, List<String> lines) throws IOException {
    out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> labels(Simulation simulation) {
    List<String> lines = new ArrayList<>(List.of("sample\tlabel"));
    for (int i = 0; i < simulation.samples(); i++) {
      lines.add(simulation.sample(i) + "\t" + simulation.classOf(i));
    }
    return lines;
  }

  private static List<String> truth(Simulation simulation, Planted planted) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("sample");
    if (planted.classes() > 0) {
      line.append("\tclass");
    }
    for (int k = 1; k <= planted.factors(); k++) {
      line.append("\tfactor").append(k);
    }
    lines.add(line.toString());
    for (int i = 0; i < simulation.samples(); i++) {
      line = new StringBuilder(simulation.sample(i));
      if (planted.classes() > 0) {
        line.append('\t').append(simulation.classOf(i));
      }
      for (int k = 0; k < planted.factors(); k++) {
        line.append('\t').append(simulation.factor(i, k));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private void writeMatrix(OutputStream out, Simulation simulation) throws IOException {
    if (matrix.toString().endsWith(".npy")) {
      writeNpy(out, simulation);
    } else if (matrix.toString().endsWith(".gz")) {
      try (OutputStream zipped = new FastGzip(out)) {
        writeText(zipped, simulation);
      }
    } else {
      writeText(out, simulation);
    }
  }

  /// Numbers at random hardly compress: the lowest level takes a third of the time for a few
  /// percent more bytes.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static void writeNpy(OutputStream out, Simulation simulation) throws IOException {
    int genes = simulation.model().genes().size();
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s, %s), }"
            .formatted(simulation.samples(), genes);
    // NumPy has values begin at a multiple of 64 bytes.
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).putShort((short) header.length());
    out.write(start.array());
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    for (int block = 0; block < simulation.blocks(); block++) {
      ByteBuffer rows =
          ByteBuffer.allocate(Math.multiplyExact(4 * simulation.size(block), genes))
              .order(ByteOrder.LITTLE_ENDIAN);
      int current = block;
      IntStream.range(0, Math.ceilDiv(genes, GENES_TOGETHER))
          .parallel()
          .forEach(group -> {
            int first = group * GENES_TOGETHER;
            float[][] values = new float[Math.min(GENES_TOGETHER, genes - first)][Simulation.BLOCK];
            for (int g = 0; g < values.length; g++) {
              simulation.values(first + g, current, values[g]);
            }
            for (int i = 0; i < simulation.size(current); i++) {
              for (int g = 0; g < values.length; g++) {
                rows.putFloat(4 * (i * genes + first + g), values[g][i]);
              }
            }
          });
      out.write(rows.array());
    }
  }

  private static void writeText(OutputStream out, Simulation simulation) throws IOException {
    StringBuilder header = new StringBuilder("sample");
    for (int i = 0; i < simulation.samples(); i++) {
      header.append('\t').append(simulation.sample(i));
    }
    out.write(header.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    int genes = simulation.model().genes().size();
    for (int first = 0; first < genes; first += GENES_AT_ONCE) {
      List<byte[]> rows =
          IntStream.range(first, Math.min(genes, first + GENES_AT_ONCE))
              .parallel()
              .mapToObj(gene -> row(simulation, gene))
              .toList();
      for (byte[] row : rows) {
        out.write(row);
      }
    }
  }

  private static byte[] row(Simulation simulation, int gene) {
    StringBuilder row = new StringBuilder(simulation.model().genes().get(gene));
    float[] values = new float[Simulation.BLOCK];
    for (int block = 0; block < simulation.blocks(); block++) {
      simulation.values(gene, block, values);
      for (int i = 0; i < simulation.size(block); i++) {
        row.append('\t');
        if (values[i] == 0) {
          row.append('0');
        } else {
          row.append(values[i]);
        }
      }
    }
    return row.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
