/// From an expression matrix on disk to scaled training and validation parts.
///
/// Start at [org.vaescape.data.Preparation]. May depend on nothing else of ours.
@NullMarked
package org.vaescape.data;

import org.jspecify.annotations.NullMarked;
