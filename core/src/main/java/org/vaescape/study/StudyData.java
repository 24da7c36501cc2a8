package org.vaescape.study;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vaescape.data.DataSettings;

/// The data of a study: where they are and what is done to them.
///
/// @param matrix absolute path
/// @param layer of an `.h5ad` matrix, empty for its X
/// @param labels absolute path, null if there are none
/// @param batchColumn column of the labels file that says where samples come from; `auto` takes
///   `batch` or `source` if there is one, `none` takes none
/// @param survival absolute path, null if there is none
/// @param hash content hash that the matrix must have ([org.vaescape.data.Matrix#hash]), empty if
///   it may have any
/// @param settings with the first `fit` of the study; a cell's own is its `data.fit`
public record StudyData(
    Path matrix,
    String layer,
    @Nullable Path labels,
    String batchColumn,
    @Nullable Path survival,
    String hash,
    DataSettings settings) {
  /// The same matrix and files, prepared otherwise.
  StudyData with(DataSettings other) {
    return new StudyData(matrix, layer, labels, batchColumn, survival, hash, other);
  }

  /// The same, but the matrix must have this content hash.
  StudyData withHash(String content) {
    return new StudyData(matrix, layer, labels, batchColumn, survival, content, settings);
  }
}
