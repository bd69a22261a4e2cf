@NullMarked
package io.byok.query.web;

import org.jspecify.annotations.NullMarked;
