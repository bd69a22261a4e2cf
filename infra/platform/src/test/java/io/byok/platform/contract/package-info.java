/** What is promised to readers of events in docs/, held against what is written. */
@NullMarked
package io.byok.platform.contract;

import org.jspecify.annotations.NullMarked;
