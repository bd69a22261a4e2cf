@NullMarked
package io.byok.kernel.merkle;

import org.jspecify.annotations.NullMarked;
