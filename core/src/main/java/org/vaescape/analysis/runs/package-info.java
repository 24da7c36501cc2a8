/// Runs of a study or of anybody's table, and the ways to look at them.
///
/// Start at [RunSet], whose runs become a [Landscape] for each scope: a model under a reading. A
/// [View] looks at one outcome of a landscape on one scale, at one moment, by one rule for runs
/// that failed; what it shows is a [GridView]. [Losses] and [TriedLosses] are what cells lose.
@NullMarked
package org.vaescape.analysis.runs;

import org.jspecify.annotations.NullMarked;
