/** What the read controllers share: ranges of time. */
@NullMarked
package io.byok.query.web;

import org.jspecify.annotations.NullMarked;
