@NullMarked
package io.byok.query.audit;

import org.jspecify.annotations.NullMarked;
