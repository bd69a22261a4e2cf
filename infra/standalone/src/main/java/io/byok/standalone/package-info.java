/**
 * The server that runs: one process with both sides, or one by role, and the engines it needs if it was given none.
 *
 * <p>Read {@link io.byok.standalone.ByokMain} (the program), {@link io.byok.standalone.ServeCommand} (the order in which
 * things start and stop), {@link io.byok.standalone.ByokServer} (the application) in this order.
 */
@NullMarked
package io.byok.standalone;

import org.jspecify.annotations.NullMarked;
