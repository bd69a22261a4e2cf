@NullMarked
package io.byok.query.audit.witness;

import org.jspecify.annotations.NullMarked;
