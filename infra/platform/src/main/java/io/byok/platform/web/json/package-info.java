/**
 * JSON, read strictly: a document either is exactly what the record says or is refused with a pointer to the place, and
 * the refusal never repeats what was sent. Starting point: {@link io.byok.platform.web.json.StrictJson}.
 */
@NullMarked
package io.byok.platform.web.json;

import org.jspecify.annotations.NullMarked;
