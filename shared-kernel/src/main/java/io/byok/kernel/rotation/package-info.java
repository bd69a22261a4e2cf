/** What happens to the keys that seal everything else. */
@NullMarked
package io.byok.kernel.rotation;

import org.jspecify.annotations.NullMarked;
