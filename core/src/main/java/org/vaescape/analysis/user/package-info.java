/// What somebody meets who tries settings: how many are good, what the default gives up, what
/// trying and tuning gain. Start at [UserSensitivity].
@NullMarked
package org.vaescape.analysis.user;

import org.jspecify.annotations.NullMarked;
