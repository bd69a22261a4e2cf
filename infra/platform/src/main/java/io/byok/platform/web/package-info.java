/** HTTP as both sides speak it: who calls, what may be called, how problems look, how reads wait for writes. */
@NullMarked
package io.byok.platform.web;

import org.jspecify.annotations.NullMarked;
