/// Which libraries, browser packages and fonts are shipped, and whether they may be.
@NullMarked
package org.vaescape.dependencies;

import org.jspecify.annotations.NullMarked;
