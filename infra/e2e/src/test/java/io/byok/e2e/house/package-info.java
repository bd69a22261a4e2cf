/**
 * The rules of the house, as tests. Each is an allow-list where one can be had, names its rooms through {@link
 * io.byok.e2e.house.Room} (a rule about a room that does not exist is green and worth nothing), and says why.
 */
@NullMarked
package io.byok.e2e.house;

import org.jspecify.annotations.NullMarked;
