/// Everything that runs say about their hyper-parameters: [Sensitivity] asks each package beside
/// this one, in the order of docs/method.md.
@NullMarked
package org.vaescape.analysis.sensitivity;

import org.jspecify.annotations.NullMarked;
