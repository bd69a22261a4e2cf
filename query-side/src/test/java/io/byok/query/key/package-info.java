@NullMarked
package io.byok.query.key;

import org.jspecify.annotations.NullMarked;
