/// Hyper-parameters, catalogues of what can be chosen by name, the space, and its cells.
///
/// Start at [org.vaescape.search.Space]. May depend on nothing else of ours.
@NullMarked
package org.vaescape.search;

import org.jspecify.annotations.NullMarked;
