/// Which settings to try first, chosen on some repeats and judged by the others. Start at
/// [FirstSettings].
@NullMarked
package org.vaescape.analysis.start;

import org.jspecify.annotations.NullMarked;
