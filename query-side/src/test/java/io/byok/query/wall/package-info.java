@org.jspecify.annotations.NullMarked
package io.byok.query.wall;
