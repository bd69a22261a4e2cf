/** The second wall between tenants: what requests read, the database itself keeps to the caller's tenant. */
@org.jspecify.annotations.NullMarked
package io.byok.query.wall;
