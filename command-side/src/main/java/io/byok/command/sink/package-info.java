/**
 * The second audit sink: everything that is committed is also written to files that only grow, before anybody is answered.
 * What it promises when it fails, hangs or was interrupted is in docs/audit.md.
 */
@NullMarked
package io.byok.command.sink;

import org.jspecify.annotations.NullMarked;
