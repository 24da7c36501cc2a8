/// The study: its file, its plan of trials, and the runner that works through them.
///
/// Start at [org.vaescape.study.Study]. May depend on `data`, `model`, `train` and `search`.
@NullMarked
package org.vaescape.study;

import org.jspecify.annotations.NullMarked;
