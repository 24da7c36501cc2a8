/// Models against each other, on outcomes that they share. Start at [ModelComparison].
@NullMarked
package org.vaescape.analysis.models;

import org.jspecify.annotations.NullMarked;
