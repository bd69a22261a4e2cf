package io.byok.platform.web;

import io.byok.kernel.Refusal;
import java.util.List;

/**
 * The refusals a side adds to the table of problems. Each side has one bean of this type over one constant list, so
 * that the server checks the codes for collisions at start and {@code docs/errors.md} is written from the same list.
 */
public record ContributedRefusals(List<? extends Refusal> refusals) {

    public ContributedRefusals {
        refusals = List.copyOf(refusals);
    }
}
