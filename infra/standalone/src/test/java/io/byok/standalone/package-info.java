/** What can be told about the program without starting a server; the rest is in infra/e2e. */
@NullMarked
package io.byok.standalone;

import org.jspecify.annotations.NullMarked;
