/// The database behind [org.vaescape.study.TrialStore].
///
/// May depend on `study`.
@NullMarked
package org.vaescape.store;

import org.jspecify.annotations.NullMarked;
