@NullMarked
package io.byok.query.trail;

import org.jspecify.annotations.NullMarked;
