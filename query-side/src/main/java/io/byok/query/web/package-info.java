/** What the read controllers share: pages and their cursors, limits, ranges of time. */
@NullMarked
package io.byok.query.web;

import org.jspecify.annotations.NullMarked;
