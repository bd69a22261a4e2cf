@NullMarked
package io.byok.kernel.audit;

import org.jspecify.annotations.NullMarked;
