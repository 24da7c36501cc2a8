package org.vaescape.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.EnumDataType;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.UserError;

/// What AnnData's `obs` says of samples, as a table of texts: `sample`, then its columns in their
/// order. A value that is missing is an empty cell, a truth value `True` or `False`. A column that
/// is called `sample` itself becomes `obs/sample`.
///
/// Reads categories as versions from 0.8 on store them, and as 0.7 did.
final class AnnDataObs {
  private static final String OBS = "obs";
  private static final String SAMPLE = "sample";
  private static final String TRUE = "True";
  private static final String OLD_CATEGORIES = "__categories";

  private final Hdf5Arrays arrays;
  private final Group obs;
  private final int samples;

  private AnnDataObs(Hdf5Arrays arrays, Group obs, int samples) {
    this.arrays = arrays;
    this.obs = obs;
    this.samples = samples;
  }

  /// Whether a file has such a table.
  static boolean is(Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return false;
    }
    try (PushbackInputStream in = DataFile.open(path)) {
      return Hdf5File.begins(in)
          && Hdf5File.open(
              path,
              file -> Hdf5Arrays.child(file, OBS).filter(Group.class::isInstance).isPresent());
    } catch (IOException | UserError _) {
      return false; // whoever reads it as something else says what is wrong
    }
  }

  /// Reads all columns.
  ///
  /// @throws UserError if the file is no AnnData, or a column does not fit the samples
  static SampleTable table(Path path) {
    return Hdf5File.open(path, file -> table(path, file));
  }

  private static SampleTable table(Path path, HdfFile file) {
    Hdf5Arrays arrays = new Hdf5Arrays(path.toString(), file.size());
    Group obs = arrays.group(file, OBS);
    String index = Hdf5Arrays.attribute(obs, "_index").orElse("_index");
    List<String> names = arrays.texts(arrays.dataset(obs, index));
    AnnDataObs read = new AnnDataObs(arrays, obs, names.size());
    SequencedMap<String, List<String>> columns = new LinkedHashMap<>();
    columns.put(SAMPLE, names);
    for (String column : read.order(index)) {
      read.column(column)
          .ifPresent(cells -> columns.put(column.equals(SAMPLE) ? "obs/sample" : column, cells));
    }
    List<SampleTable.Row> rows = new ArrayList<>();
    for (int sample = 0; sample < names.size(); sample++) {
      List<String> cells = new ArrayList<>();
      for (List<String> column : columns.values()) {
        cells.add(column.get(sample));
      }
      rows.add(new SampleTable.Row(sample + 2L, cells));
    }
    return new SampleTable(path, List.copyOf(columns.keySet()), 0, rows);
  }

  /// Names of columns in the order that the file says, without the one of the samples' names.
  private List<String> order(String index) {
    Object order =
        obs.getAttributes().containsKey("column-order")
            ? obs.getAttribute("column-order").getData()
            : new String[0];
    List<String> said = order instanceof String[] names ? List.of(names) : List.of();
    return Stream.concat(said.stream(), obs.getChildren().keySet().stream())
        .distinct()
        .filter(name -> !name.equals(index) && !name.equals(OLD_CATEGORIES))
        .toList();
  }

  /// A text for each sample; empty if the column is of a kind that is no text, number or category.
  private Optional<List<String>> column(String name) {
    Optional<Node> node = Hdf5Arrays.child(obs, name);
    Optional<List<String>> cells =
        switch (node.orElse(null)) {
          case Dataset codes when oldCategories(name).isPresent() ->
              Optional.of(categories(codes, oldCategories(name).get()));
          case Dataset values when values.getDimensions().length == 1 -> Optional.of(texts(values));
          case Group group when has(group, "codes", "categories") ->
              Optional.of(
                  categories(arrays.dataset(group, "codes"), arrays.dataset(group, "categories")));
          case Group group when has(group, "values", "mask") ->
              Optional.of(unmasked(arrays.dataset(group, "values"), arrays.dataset(group, "mask")));
          case null, default -> Optional.empty();
        };
    cells.ifPresent(found -> requireOneEach(name, found.size()));
    return cells;
  }

  private void requireOneEach(String name, int count) {
    if (count != samples) {
      throw new UserError(
          "%s: obs/%s has %s values where obs names %s samples"
              .formatted(arrays.source(), name, count, samples));
    }
  }

  private static boolean has(Group group, String... names) {
    return group.getChildren().keySet().containsAll(List.of(names));
  }

  private Optional<Dataset> oldCategories(String name) {
    return Hdf5Arrays.child(obs, OLD_CATEGORIES)
        .filter(Group.class::isInstance)
        .flatMap(all -> Hdf5Arrays.child((Group) all, name))
        .filter(Dataset.class::isInstance)
        .map(Dataset.class::cast);
  }

  /// A code below 0 stands for no category.
  private List<String> categories(Dataset codes, Dataset names) {
    List<String> categories = texts(names);
    Object data = arrays.flat(codes);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < Array.getLength(data); i++) {
      long code = Array.get(data, i) instanceof Number number ? number.longValue() : -1;
      if (code >= categories.size()) {
        throw new UserError(
            "%s: %s has the code %s where there are %s categories"
                .formatted(arrays.source(), codes.getPath(), code, categories.size()));
      }
      cells.add(code < 0 ? "" : categories.get((int) code));
    }
    return cells;
  }

  /// The values whose mask does not say that they are missing.
  private List<String> unmasked(Dataset values, Dataset mask) {
    List<String> texts = texts(values);
    List<String> missing = texts(mask);
    requireOneEach(mask.getPath(), missing.size());
    requireOneEach(values.getPath(), texts.size());
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      cells.add(missing.get(i).equals(TRUE) || missing.get(i).equals("1") ? "" : texts.get(i));
    }
    return cells;
  }

  /// Truth values are stored as those of an enumeration, `TRUE` and `FALSE`.
  private List<String> texts(Dataset values) {
    boolean truth = values.getDataType() instanceof EnumDataType;
    return arrays.texts(values).stream()
        .map(text ->
            truth && text.equals("TRUE") ? TRUE : truth && text.equals("FALSE") ? "False" : text)
        .toList();
  }
}
