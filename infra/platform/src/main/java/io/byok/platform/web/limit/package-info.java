/**
 * How much a caller may ask for: so many requests in a minute for a token and for a tenant, and so many at a time for a
 * tenant. A tenant that asks for more is refused at once, at the cost of its own time and nobody else's.
 *
 * <p>Counted on each node by itself: with n nodes behind a balancer a tenant gets up to n times as much. That bounds what a
 * node must bear, which is what the limits are for; they are no accounting.
 */
@org.jspecify.annotations.NullMarked
package io.byok.platform.web.limit;
