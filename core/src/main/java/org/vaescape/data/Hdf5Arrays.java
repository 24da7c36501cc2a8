package org.vaescape.data;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaescape.UserError;

/// Arrays of an HDF5 file as what they are used for, whatever types of numbers and texts their
/// writer chose.
///
/// @param source the file, for messages
/// @param bytes of the file
record Hdf5Arrays(String source, long bytes) {
  /// By gzip, which HDF5 has built in.
  private static final long MOST_COMPRESSED = 1032;

  /// May be filled with one value that is not stored: 1 MiB.
  private static final long SMALL = 1 << 20;

  /// A member of a group; empty if it has none of this name.
  static Optional<Node> child(Group group, String name) {
    return Optional.ofNullable(group.getChildren().get(name));
  }

  Group group(Group parent, String name) {
    return child(parent, name)
        .filter(Group.class::isInstance)
        .map(Group.class::cast)
        .orElseThrow(() -> lacks(parent, name));
  }

  Dataset dataset(Group parent, String name) {
    return child(parent, name)
        .filter(Dataset.class::isInstance)
        .map(Dataset.class::cast)
        .orElseThrow(() -> lacks(parent, name));
  }

  private UserError lacks(Group parent, String name) {
    return new UserError(
        "%s: %s lacks %s; it has %s"
            .formatted(
                source,
                parent.getPath(),
                name,
                parent.getChildren().isEmpty()
                    ? "nothing"
                    : String.join(", ", parent.getChildren().keySet())));
  }

  /// An attribute as text; empty if there is none.
  static Optional<String> attribute(Node node, String name) {
    return Optional.ofNullable(node.getAttributes().get(name))
        .map(Attribute::getData)
        .map(data ->
            data.getClass().isArray() ? String.valueOf(Array.get(data, 0)) : data.toString());
  }

  /// All values of a dataset.
  ///
  /// @throws UserError if they are more than the file can hold
  Object flat(Dataset dataset) {
    requireFits(dataset);
    return dataset.getDataFlat();
  }

  /// Refuses sizes that the file says of itself, and cannot hold however it is compressed.
  void requireFits(Dataset dataset) {
    boolean compressible = dataset.getDataLayout() == DataLayout.CHUNKED;
    long most = SMALL + (compressible ? MOST_COMPRESSED : 1) * bytes;
    if (dataset.getSizeInBytes() > most || dataset.getSizeInBytes() < 0) {
      throw new UserError(
          "%s: %s is said to have %s values, more than the file's %s bytes can hold; copy or download it again"
              .formatted(source, dataset.getPath(), dataset.getSize(), bytes));
    }
  }

  /// Texts of a dataset of one dimension.
  List<String> texts(Dataset dataset) {
    Object data = flat(dataset);
    if (data instanceof String[] texts) {
      return Arrays.stream(texts).map(String::strip).toList();
    }
    if (!data.getClass().isArray()) {
      throw new UserError("%s: %s must be a list of names".formatted(source, dataset.getPath()));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Array.getLength(data); i++) {
      texts.add(String.valueOf(Array.get(data, i)));
    }
    return texts;
  }

  /// Whole numbers of a dataset, such as places of values.
  ///
  /// @throws UserError if one is below 0 or too large
  int[] places(Dataset dataset) {
    Object data = flat(dataset);
    int[] places = new int[Array.getLength(data)];
    for (int i = 0; i < places.length; i++) {
      long place =
          switch (data) {
            case int[] values -> values[i];
            case long[] values -> values[i];
            case short[] values -> values[i];
            case byte[] values -> values[i];
            default -> -1;
          };
      if (place < 0 || place > Integer.MAX_VALUE) {
        throw new UserError(
            "%s: %s must hold whole numbers from 0 to %s but has %s"
                .formatted(source, dataset.getPath(), Integer.MAX_VALUE, Array.get(data, i)));
      }
      places[i] = (int) place;
    }
    return places;
  }

  /// Numbers as floats, whatever their type.
  float[] floats(Node node, Object data) {
    return switch (data) {
      case float[] values -> values;
      case double[] values -> {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) values[i];
        }
        yield floats;
      }
      default -> {
        if (!(data instanceof int[]
            || data instanceof long[]
            || data instanceof short[]
            || data instanceof byte[])) {
          throw new UserError(
              "%s: %s must hold numbers but holds %s"
                  .formatted(
                      source,
                      node.getPath(),
                      data instanceof String[] ? "texts" : data.getClass().getSimpleName()));
        }
        float[] floats = new float[Array.getLength(data)];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = ((Number) Array.get(data, i)).floatValue();
        }
        yield floats;
      }
    };
  }
}
