/// Reads columns of Parquet files: flat tables of numbers and texts, as pandas, Polars, R's arrow
/// and DuckDB write them. Start at [org.vaescape.data.parquet.ParquetTable].
@NullMarked
package org.vaescape.data.parquet;

import org.jspecify.annotations.NullMarked;
