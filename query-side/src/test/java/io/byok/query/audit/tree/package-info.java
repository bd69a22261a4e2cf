@NullMarked
package io.byok.query.audit.tree;

import org.jspecify.annotations.NullMarked;
