package io.byok.platform.seal.root;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/**
 * What a root may need of the process it lives in.
 *
 * @param meters where its calls are counted
 * @param keysExist whether the database holds keys already, and no root is named that may hold them: then a root that is
 *     missing was lost, and must not be made anew
 */
public record Surroundings(MeterRegistry meters, BooleanSupplier keysExist) {}
