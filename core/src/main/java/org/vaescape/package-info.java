/// vaescape maps how sensitive variational autoencoders are to their hyper-parameters.
///
/// Start at [org.vaescape.cli] for the commands and at [org.vaescape.study] for the flow.
@NullMarked
package org.vaescape;

import org.jspecify.annotations.NullMarked;
