/**
 * Rotation of the keys that seal everything else, for the operator: asked for over HTTP, run in the background by one
 * node at a time, taken up by another when that one dies. How keys are renewed is {@code platform.seal}'s affair and the
 * vault's; here is who may ask, what is told meanwhile, and what the audit keeps.
 */
@NullMarked
package io.byok.command.rotation;

import org.jspecify.annotations.NullMarked;
