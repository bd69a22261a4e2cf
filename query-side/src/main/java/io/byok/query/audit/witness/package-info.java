/** Shows each signed state to witnesses and keeps their cosignatures. Nothing else waits for them. */
@NullMarked
package io.byok.query.audit.witness;

import org.jspecify.annotations.NullMarked;
