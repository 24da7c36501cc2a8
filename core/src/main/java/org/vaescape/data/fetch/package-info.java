/// Downloads of public files: the one place of the program that asks the network for anything, and
/// only when a person names a file.
///
/// Start at [org.vaescape.data.fetch.Fetch].
@NullMarked
package org.vaescape.data.fetch;

import org.jspecify.annotations.NullMarked;
