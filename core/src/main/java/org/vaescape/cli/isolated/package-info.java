/// Trials in processes of their own, so that a crash of the native library costs one of them.
///
/// Start at [org.vaescape.cli.isolated.IsolatedTrainer], which has them trained;
/// [org.vaescape.cli.isolated.TrialWorker] is what such a process runs. May depend on all.
@NullMarked
package org.vaescape.cli.isolated;

import org.jspecify.annotations.NullMarked;
