@NullMarked
package io.byok.query.feed;

import org.jspecify.annotations.NullMarked;
