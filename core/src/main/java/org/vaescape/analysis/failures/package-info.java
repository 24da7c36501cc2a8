/// Runs that have no outcome ([Failures]) and runs that learned nothing ([Unlearned]).
@NullMarked
package org.vaescape.analysis.failures;

import org.jspecify.annotations.NullMarked;
