/**
 * Verifies an export of an audit log, with nothing but the export, a public key and perhaps an older signed state. Needs no
 * network, no database and no framework.
 */
@NullMarked
package io.byok.platform.audit;

import org.jspecify.annotations.NullMarked;
