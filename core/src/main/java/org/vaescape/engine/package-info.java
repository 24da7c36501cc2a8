/// Tensors on libtorch: native library, memory scope, threads, precision.
///
/// Start at [org.vaescape.engine.Tensor]. May depend on nothing else of ours; no other package sees
/// the native library.
@NullMarked
package org.vaescape.engine;

import org.jspecify.annotations.NullMarked;
