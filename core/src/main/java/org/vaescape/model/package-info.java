/// One file for each model, the networks that they share, and the catalogue.
///
/// Start at [org.vaescape.model.Models]. May depend on `engine` and `search`.
@NullMarked
package org.vaescape.model;

import org.jspecify.annotations.NullMarked;
