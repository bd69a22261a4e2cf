/** What was valid at a time, from the event store. */
@NullMarked
package io.byok.query.audit.state;

import org.jspecify.annotations.NullMarked;
