/// Matrices that look like a real one, of any size, with known structure on request.
///
/// Start at [org.vaescape.data.simulation.ExpressionModel]. `docs/simulate.md` has the method, what
/// was checked and what is known to be wrong with it.
@NullMarked
package org.vaescape.data.simulation;

import org.jspecify.annotations.NullMarked;
