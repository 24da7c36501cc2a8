package org.vaescape.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.data.Part;
import org.vaescape.model.WeightsFile;
import org.vaescape.train.LatentPlane;

/// Where a trial whose weights are kept puts the validation samples: in the plane of the first two
/// principal components of their latent codes. It stands in the header of the weights' file.
///
/// @param trial its id
/// @param first share of the codes' variance along the first axis
/// @param second the same of the second
/// @param points of the samples, in their order
/// @param known what is known of each sample, in their order, by what it is: `label`, `batch`; an
///   empty text where it is not known
public record LatentMap(
    String trial,
    double first,
    double second,
    List<Point> points,
    SequencedMap<String, List<String>> known) {
  private static final String PLACES = "validation.latent";
  private static final String SHARES = "validation.latent.shares";
  private static final String KNOWN = "validation.";
  private static final List<String> KINDS = List.of("label", "batch");

  /// A sample.
  public record Point(String sample, float x, float y) {}

  public LatentMap {
    points = List.copyOf(points);
    known = new LinkedHashMap<>(known);
  }

  /// Puts the map of a trial's validation samples into the header of its weights.
  static void put(Part validation, LatentPlane plane, Map<String, String> header) {
    header.put(SHARES, plane.first() + " " + plane.second());
    header.put(PLACES, lines(plane.points(), point -> point.x() + " " + point.y()));
    for (String kind : KINDS) {
      List<String> values = kind.equals("label") ? validation.labels() : validation.batches();
      if (!values.isEmpty()) {
        header.put(KNOWN + kind, lines(values, value -> value));
      }
    }
  }

  private static <T> String lines(List<T> values, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining("\n"));
  }

  /// The map of a trial; empty if its weights are not in the folder, or an older version kept them.
  ///
  /// @throws UserError if the file is damaged
  public static Optional<LatentMap> read(Path models, String trial) {
    if (!isKept(models, trial)) {
      return Optional.empty();
    }
    Path file = KeptWeights.file(models, trial);
    try {
      return of(trial, WeightsFile.metadata(file));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserError(
          "%s: what it says of the latent space cannot be read (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// Whether a trial's weights are in the folder.
  public static boolean isKept(Path models, String trial) {
    return KeptWeights.isKept(models, trial);
  }

  private static Optional<LatentMap> of(String trial, Map<String, String> header) {
    String places = header.get(PLACES);
    String shares = header.get(SHARES);
    if (places == null || shares == null) {
      return Optional.empty();
    }
    List<String> samples = split(header.getOrDefault("samples.validation", ""));
    List<String> lines = split(places);
    same("samples", samples, lines);
    List<Point> points = new ArrayList<>();
    for (String place : lines) {
      String[] axes = place.split(" ", 2);
      points.add(
          new Point(
              samples.get(points.size()), Float.parseFloat(axes[0]), Float.parseFloat(axes[1])));
    }
    SequencedMap<String, List<String>> known = new LinkedHashMap<>();
    for (String kind : KINDS) {
      Optional.ofNullable(header.get(KNOWN + kind)).ifPresent(text -> known.put(kind, split(text)));
    }
    known.forEach((kind, values) -> same(kind + " values", values, lines));
    String[] parts = shares.split(" ", 2);
    return Optional.of(
        new LatentMap(
            trial, Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), points, known));
  }

  private static void same(String what, List<String> some, List<String> places) {
    if (some.size() != places.size()) {
      throw new IllegalArgumentException(
          "%s %s but %s places".formatted(some.size(), what, places.size()));
    }
  }

  private static List<String> split(String lines) {
    return List.of(lines.split("\n", -1));
  }
}
