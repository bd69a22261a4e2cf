@NullMarked
package io.byok.query.usage;

import org.jspecify.annotations.NullMarked;
