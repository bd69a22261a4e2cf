/** What is said about fallback: in which order keys serve, after which failures, and whether the platform pays. */
@NullMarked
package io.byok.kernel.chain;

import org.jspecify.annotations.NullMarked;
