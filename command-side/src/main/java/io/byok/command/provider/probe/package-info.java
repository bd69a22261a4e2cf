/**
 * Asks a provider whether a credential works, with the free call that the catalogue names, and reads the answer by the
 * catalogue's table. Nothing here decides, records or keeps anything; whoever calls has recorded the use before.
 */
@NullMarked
package io.byok.command.provider.probe;

import org.jspecify.annotations.NullMarked;
