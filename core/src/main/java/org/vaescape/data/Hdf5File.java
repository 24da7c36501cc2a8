package org.vaescape.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.FilterManager;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vaescape.UserError;

/// Reads a matrix from HDF5: AnnData's `.h5ad` (from version 0.7 on), and 10x Genomics' `.h5`.
///
/// Of AnnData the layer that is asked for, or X; observations are samples, variables genes. A
/// sparse matrix stays one.
final class Hdf5File {
  private static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final String X = "X";

  /// Values that are taken from the file at a time, about.
  private static final int TOGETHER = 1 << 22;

  static {
    FilterManager.addFilter(new LzfFilter());
  }

  private final String source;
  private final Hdf5Arrays arrays;
  private final Rows rows;

  private Hdf5File(Path path, long bytes, Rows rows) {
    this.source = path.toString();
    this.arrays = new Hdf5Arrays(source, bytes);
    this.rows = rows;
  }

  static boolean begins(PushbackInputStream in) throws IOException {
    return Arrays.equals(DataFile.peek(in, MAGIC.length), MAGIC);
  }

  /// @param layer of AnnData; X where it is empty
  /// @param rows takes the values of a dense matrix
  static Matrix read(Path path, String layer, Rows rows) {
    return open(path, file -> new Hdf5File(path, file.size(), rows).read(file, layer));
  }

  static List<String> layers(Path path) {
    return open(
        path,
        file ->
            Hdf5Arrays.child(file, "layers")
                .filter(Group.class::isInstance)
                .map(group -> List.copyOf(((Group) group).getChildren().keySet()))
                .orElse(List.of()));
  }

  /// Lets somebody read a file, and says in one sentence what is wrong with it.
  static <T> T open(Path path, Function<HdfFile, T> reader) {
    try (HdfFile file = new HdfFile(path)) {
      return reader.apply(file);
    } catch (UserError e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw DataFile.tooLarge(path, e);
    } catch (RuntimeException | StackOverflowError e) {
      // What the library throws where a file is damaged depends on the byte.
      throw new UserError(
          "%s: is HDF5 that cannot be read (%s); copy or download it again, or write it anew, with gzip or no compression"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private Matrix read(HdfFile file, String layer) {
    if (Hdf5Arrays.child(file, "obs").isPresent() && Hdf5Arrays.child(file, "var").isPresent()) {
      return annData(file, layer);
    }
    for (Node node : file) {
      if (node instanceof Group group && Hdf5Arrays.child(group, "barcodes").isPresent()) {
        return tenX(group);
      }
    }
    throw new UserError(
        "%s: is HDF5, but neither AnnData (it has no obs and var) nor 10x Genomics' (no group with barcodes); it has %s"
            .formatted(source, String.join(", ", file.getChildren().keySet())));
  }

  private Matrix annData(HdfFile file, String layer) {
    Node values = layer.isEmpty() ? Hdf5Arrays.child(file, X).orElse(null) : layer(file, layer);
    if (values == null) {
      throw new UserError("%s: has no X; name one of its layers by data.layer".formatted(source));
    }
    List<String> samples = names(arrays.group(file, "obs"));
    List<String> genes = names(arrays.group(file, "var"));
    GeneValues read =
        values instanceof Group sparse
            ? sparse(sparse, samples, genes)
            : dense((Dataset) values, samples, genes);
    return Matrix.of(
            source,
            AxisNames.checked(source + ", obs", "samples", samples, samples.size()),
            AxisNames.checked(source + ", var", "genes", genes, genes.size()),
            read,
            List.of())
        .in(
            new Matrix.Form(
                "AnnData, %s %s"
                    .formatted(
                        values.getPath().replaceAll("^/|/$", ""),
                        values instanceof Group sparse
                            ? Hdf5Arrays.attribute(sparse, "encoding-type").orElse("")
                            : "dense"),
                "obs are samples, var are genes"));
  }

  private Node layer(HdfFile file, String layer) {
    Optional<Group> layers =
        Hdf5Arrays.child(file, "layers").filter(Group.class::isInstance).map(Group.class::cast);
    return layers
        .flatMap(group -> Hdf5Arrays.child(group, layer))
        .orElseThrow(() ->
            new UserError(
                "%s: has no layer %s; it has %s"
                    .formatted(
                        source,
                        layer,
                        layers
                            .map(group -> String.join(", ", group.getChildren().keySet()))
                            .filter(names -> !names.isEmpty())
                            .orElse("none"))));
  }

  private List<String> names(Group frame) {
    String index = Hdf5Arrays.attribute(frame, "_index").orElse("_index");
    return arrays.texts(arrays.dataset(frame, index));
  }

  private GeneValues sparse(Group group, List<String> samples, List<String> genes) {
    String encoding = Hdf5Arrays.attribute(group, "encoding-type").orElse("");
    boolean byRow = encoding.equals("csr_matrix");
    if (!byRow && !encoding.equals("csc_matrix")) {
      throw new UserError(
          "%s: %s must be csr_matrix or csc_matrix but is '%s'"
              .formatted(source, group.getPath(), encoding));
    }
    return compressed(group, byRow, samples.size(), genes.size(), Optional.empty());
  }

  private SparseGenes compressed(
      Group group, boolean bySample, int samples, int genes, Optional<int[]> place) {
    Dataset data = arrays.dataset(group, "data");
    return new CompressedMatrix(
            source + ", " + group.getPath(),
            arrays.places(arrays.dataset(group, "indptr")),
            arrays.places(arrays.dataset(group, "indices")),
            arrays.floats(data, arrays.flat(data)))
        .genes(bySample, samples, genes, place);
  }

  private void requireFinite(float[] ofSample, Node node, String sample, List<String> genes) {
    for (int gene = 0; gene < ofSample.length; gene++) {
      if (Float.isInfinite(ofSample[gene])) {
        throw new UserError(
            "%s: %s, sample %s, gene %s: a value must be a finite number but was %s"
                .formatted(
                    source,
                    node.getPath(),
                    sample,
                    genes.get(gene),
                    ofSample[gene] > 0 ? "inf" : "-inf"));
      }
    }
  }

  private GeneValues dense(Dataset dataset, List<String> samples, List<String> genes) {
    int[] shape = dataset.getDimensions();
    if (shape.length != 2 || shape[0] != samples.size() || shape[1] != genes.size()) {
      throw new UserError(
          "%s: %s is %s where obs and var name %s samples and %s genes"
              .formatted(
                  source, dataset.getPath(), Arrays.toString(shape), samples.size(), genes.size()));
    }
    arrays.requireFits(dataset);
    int chunk = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
    int together = Math.max(1, TOGETHER / Math.max(1, shape[1]) / chunk) * chunk;
    for (int from = 0; from < shape[0]; from += together) {
      int count = Math.min(together, shape[0] - from);
      Object[] block =
          (Object[]) dataset.getData(new long[] {from, 0}, new int[] {count, shape[1]});
      for (int i = 0; i < count; i++) {
        float[] values = arrays.floats(dataset, block[i]);
        requireFinite(values, dataset, samples.get(from + i), genes);
        rows.add(values);
      }
    }
    return rows.columns(shape[1]);
  }

  private Matrix tenX(Group group) {
    List<String> samples = arrays.texts(arrays.dataset(group, "barcodes"));
    Optional<Group> features =
        Hdf5Arrays.child(group, "features").filter(Group.class::isInstance).map(Group.class::cast);
    Group named = features.orElse(group);
    List<String> ids = arrays.texts(arrays.dataset(named, features.isPresent() ? "id" : "genes"));
    List<String> symbols =
        arrays.texts(arrays.dataset(named, features.isPresent() ? "name" : "gene_names"));
    List<String> kinds =
        Hdf5Arrays.child(named, "feature_type").isPresent()
            ? arrays.texts(arrays.dataset(named, "feature_type"))
            : Collections.nCopies(ids.size(), TenXFeatures.EXPRESSION);
    TenXFeatures kept = TenXFeatures.of(source, ids, symbols, kinds);
    SparseGenes values =
        compressed(group, true, samples.size(), ids.size(), Optional.of(kept.place()));
    return Matrix.of(
            source,
            AxisNames.checked(source + ", barcodes", "samples", samples, samples.size()),
            kept.names(),
            values,
            kept.notes())
        .in(new Matrix.Form("10x Genomics' HDF5, sparse", "barcodes are samples, features genes"));
  }
}
