/// Learning rates: the best of each optimizer, and what matters within one decade of it. Start at
/// [FairRange].
@NullMarked
package org.vaescape.analysis.rates;

import org.jspecify.annotations.NullMarked;
