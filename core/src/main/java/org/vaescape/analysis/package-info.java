/// Statistics of sensitivity as pure functions of numbers: equal arguments give equal bits.
///
/// Start at [org.vaescape.analysis.VarianceComponents] for complete grids and at
/// [org.vaescape.analysis.ForestEffects] for any other design; what a study says by them is in the
/// packages below, of which [org.vaescape.analysis.sensitivity.Sensitivity] asks all. Arguments
/// that no statistic is defined for (too few, not finite) are refused with an
/// `IllegalArgumentException`; what the numbers leave undefined (the correlation with a constant)
/// is `NaN` or as the type says.
///
/// By some of it no claim is made: [org.vaescape.analysis.KruskalWallis],
/// [org.vaescape.analysis.Bootstrap], [org.vaescape.analysis.FunctionalAnova],
/// [org.vaescape.analysis.SobolIndices], and p where noise is pooled or normal. They are what other
/// programs print, to the digits of golden/analysis, for whoever compares; what claims go by in
/// their place is in docs/method.md. May depend on study and search.
@NullMarked
package org.vaescape.analysis;

import org.jspecify.annotations.NullMarked;
