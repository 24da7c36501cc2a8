/// How much of the variation of an outcome each hyper-parameter makes: [GridImportance] where every
/// combination was tried, [ForestImportance] for any other design.
@NullMarked
package org.vaescape.analysis.shares;

import org.jspecify.annotations.NullMarked;
