@NullMarked
package io.byok.query.replay;

import org.jspecify.annotations.NullMarked;
