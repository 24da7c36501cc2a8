/// Which conclusions of several studies hold in all, and which flip. Start at [StudyAgreement].
@NullMarked
package org.vaescape.analysis.compare;

import org.jspecify.annotations.NullMarked;
