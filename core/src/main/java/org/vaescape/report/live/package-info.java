/// The live page: what a study tells while it runs, and the server that shows it to browsers.
///
/// Start with [org.vaescape.report.live.LiveServer]; a run writes
/// [org.vaescape.report.live.LiveLog]. May depend on `analysis` and `study`.
@NullMarked
package org.vaescape.report.live;

import org.jspecify.annotations.NullMarked;
