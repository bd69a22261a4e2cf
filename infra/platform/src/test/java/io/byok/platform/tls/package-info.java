@NullMarked
package io.byok.platform.tls;

import org.jspecify.annotations.NullMarked;
