@NullMarked
package io.byok.query.audit.state;

import org.jspecify.annotations.NullMarked;
