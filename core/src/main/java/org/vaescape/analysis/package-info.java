/// Statistics of sensitivity as pure functions of numbers: equal arguments give equal bits.
///
/// Start at [org.vaescape.analysis.VarianceComponents] for complete grids and at
/// [org.vaescape.analysis.ForestEffects] for any other design; what a study says by them is in the
/// packages below, of which [org.vaescape.analysis.sensitivity.Sensitivity] asks all. Arguments
/// that no statistic is defined for (too few, not finite) are refused with an
/// `IllegalArgumentException`; what the numbers leave undefined (the correlation with a constant)
/// is `NaN` or as the type says.
///
/// Some of it is part of the library and `analyze` does not print it: it is what other programs
/// print, to the digits of golden/analysis, for whoever compares. In its place are printed
///
/// - for [org.vaescape.analysis.SobolIndices] of a [org.vaescape.analysis.SaltelliSample], which
///   asks for runs at settings of its own: [org.vaescape.analysis.ForestEffects] of any settings;
/// - for [org.vaescape.analysis.KruskalWallis], whose groups are independent:
///   [org.vaescape.analysis.ModelRanks] within repeats;
/// - for [org.vaescape.analysis.Bootstrap], too short at few repeats:
///   [org.vaescape.analysis.ShareIntervals] and Student's t;
/// - for mean decreases of impurity: [org.vaescape.analysis.PedAnova] and functional ANOVA; for
///   Bonferroni's and Benjamini and Hochberg's p: Holm's; for F tests with pooled noise and for
///   first-order and total effects of cell means: [org.vaescape.analysis.VarianceComponents]; for
///   asymptotic p of Wilcoxon's test: exact p.
///
/// May depend on study and search.
@NullMarked
package org.vaescape.analysis;

import org.jspecify.annotations.NullMarked;
