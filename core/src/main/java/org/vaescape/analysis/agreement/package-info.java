/// Whether two outcomes rank the settings alike. Start at [MetricAgreement].
@NullMarked
package org.vaescape.analysis.agreement;

import org.jspecify.annotations.NullMarked;
