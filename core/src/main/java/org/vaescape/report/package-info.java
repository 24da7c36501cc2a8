/// Tables, figures and the page, drawn from finished trials with one theme.
///
/// May depend on `analysis` and `study`.
@NullMarked
package org.vaescape.report;

import org.jspecify.annotations.NullMarked;
