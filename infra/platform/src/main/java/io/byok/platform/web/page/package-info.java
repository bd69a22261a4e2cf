/** Lists in pages: how many items one holds, and the authenticated cursor to the next one. */
@NullMarked
package io.byok.platform.web.page;

import org.jspecify.annotations.NullMarked;
