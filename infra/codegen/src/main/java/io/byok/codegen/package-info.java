/** Build-time only: turns migrations into jOOQ classes with the help of a real PostgreSQL. */
@NullMarked
package io.byok.codegen;

import org.jspecify.annotations.NullMarked;
