/// Commands, messages, exit codes, and the wiring of everything else.
///
/// Start at [org.vaescape.cli.Main]. May depend on all packages.
@NullMarked
package org.vaescape.cli;

import org.jspecify.annotations.NullMarked;
