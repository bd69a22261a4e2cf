/** What a server still does when it was told to end. */
@NullMarked
package io.byok.platform.end;

import org.jspecify.annotations.NullMarked;
