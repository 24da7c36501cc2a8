/// What all of this comes to: what to start from, tune first, leave and avoid, each with the claims
/// that it rests on. Start at [Advice].
@NullMarked
package org.vaescape.analysis.advice;

import org.jspecify.annotations.NullMarked;
