/// Training one trial: optimizers, schedulers, the loop, stopping rules, outcomes and baselines.
///
/// Start at [org.vaescape.train.Trainer]. May depend on `engine`, `data`, `search` and `model`.
@NullMarked
package org.vaescape.train;

import org.jspecify.annotations.NullMarked;
