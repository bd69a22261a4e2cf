/** Lists page by page: cursors that only this server can make, bound to the caller's tenant and the list's filters. */
@NullMarked
package io.byok.query.paging;

import org.jspecify.annotations.NullMarked;
