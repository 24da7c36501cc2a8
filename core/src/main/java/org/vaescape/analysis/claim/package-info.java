/// Sentences about hyper-parameters, with what they rest on.
///
/// A [Claim] is made on one view of the runs; its [Question] is asked of all others, and
/// [Robustness] says in which it has the same answer.
@NullMarked
package org.vaescape.analysis.claim;

import org.jspecify.annotations.NullMarked;
