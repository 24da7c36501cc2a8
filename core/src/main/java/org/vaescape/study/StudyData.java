package org.vaescape.study;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vaescape.data.CompleteSamples;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Matrix;
import org.vaescape.data.ProbeMap;

/// The data of a study: where they are and what is done to them.
///
/// @param matrix absolute path
/// @param layer of an `.h5ad` matrix, empty for its X
/// @param probeMap absolute path of what names its genes, null if they keep their names
/// @param labels absolute path, null if there are none
/// @param labelColumn column of the labels file, or of an `.h5ad` matrix where there is none;
///   `auto` takes `label`, of a labels file alone
/// @param batchColumn column of the labels file that says where samples come from; `auto` takes
///   `batch` or `source` if there is one, `none` takes none
/// @param survival absolute path, null if there is none
/// @param hash content hash that the matrix must have ([org.vaescape.data.Matrix#hash]), empty if
///   it may have any
/// @param settings with the first `fit` of the study; a cell's own is its `data.fit`
public record StudyData(
    Path matrix,
    String layer,
    @Nullable Path probeMap,
    @Nullable Path labels,
    String labelColumn,
    String batchColumn,
    @Nullable Path survival,
    String hash,
    DataSettings settings) {
  /// The same matrix and files, prepared otherwise.
  StudyData with(DataSettings other) {
    return new StudyData(
        matrix, layer, probeMap, labels, labelColumn, batchColumn, survival, hash, other);
  }

  /// The same, but the matrix must have this content hash.
  StudyData withHash(String content) {
    return new StudyData(
        matrix, layer, probeMap, labels, labelColumn, batchColumn, survival, content, settings);
  }

  /// The matrix as the file has it.
  ///
  /// @throws org.vaescape.UserError if it cannot be read
  Matrix read(DataCache cache) {
    return cache.read(matrix, settings.orientation(), layer);
  }

  /// The same as trials see it: genes have the names of the probe map, and samples that go because
  /// they lack values are gone.
  ///
  /// @param read as [#read] reads it
  /// @throws org.vaescape.UserError if nothing is left, or the map fits no gene
  Matrix whole(Matrix read) {
    Matrix named = probeMap == null ? read : ProbeMap.read(probeMap).apply(read);
    return CompleteSamples.of(named, settings.missing());
  }
}
