/** Tests of the catalogue; the tables are generated from the catalogue's own files. */
@NullMarked
package io.byok.command.provider;

import org.jspecify.annotations.NullMarked;
