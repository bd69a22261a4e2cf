/**
 * A witness of audit logs: keeps the newest state of each log that it was shown, and cosigns a newer one when that is proved
 * to continue it (C2SP tlog-witness). Run by somebody else than the log; needs no database and no framework.
 */
@NullMarked
package io.byok.platform.witness;

import org.jspecify.annotations.NullMarked;
