/// What another seed would change: the deviation of runs of one setting, for each optimizer, and
/// which differences are larger. Start at [SeedNoise].
@NullMarked
package org.vaescape.analysis.noise;

import org.jspecify.annotations.NullMarked;
