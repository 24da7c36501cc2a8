/// What the runs of a study say about its hyper-parameters, and how sure that is.
///
/// Start at [org.vaescape.analysis.sensitivity.Sensitivity]. [Run]s of a study or of anybody's
/// table become [Landscape]s, one for each scope (a model under a reading); a [View] looks at one
/// outcome of a landscape in one of the ways in which it could be looked at; claims are made on one
/// view and tried on all others. The statistics themselves are in the package above.
@NullMarked
package org.vaescape.analysis.sensitivity;

import org.jspecify.annotations.NullMarked;
