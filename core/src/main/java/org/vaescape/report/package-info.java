/// Tables, figures and the page, drawn from finished trials with one theme.
///
/// Start with [org.vaescape.report.Report]. The page is put together in `Page` from sections, its
/// script and style are the resources in `page/`, its data what `PageData` writes.
///
/// May depend on `analysis` and `study`.
@NullMarked
package org.vaescape.report;

import org.jspecify.annotations.NullMarked;
