/** The test kit, tried on whatever engines this machine offers. */
@NullMarked
package io.byok.testkit;

import org.jspecify.annotations.NullMarked;
