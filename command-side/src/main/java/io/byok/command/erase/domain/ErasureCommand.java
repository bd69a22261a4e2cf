package io.byok.command.erase.domain;

import io.byok.kernel.ErasureId;
import io.byok.kernel.erase.Acknowledgement;
import java.time.Instant;
import java.util.List;

/** What can be asked of an erasure: its three steps, in their order. Each may be asked again and does nothing then. */
public sealed interface ErasureCommand {

    ErasureId erasure();

    Instant at();

    /** Somebody who may do so wants the user erased. */
    record RequestErasure(ErasureId erasure, String reason, String legalBasis, Instant at) implements ErasureCommand {}

    /** What there is about the user was counted, and is to be destroyed just so. */
    record DestroyKeys(ErasureId erasure, Remains remains, Instant at) implements ErasureCommand {}

    /** Every store has acknowledged. */
    record ConcludeErasure(
            ErasureId erasure, List<Acknowledgement> acknowledgements, String certificateHash, Instant at)
            implements ErasureCommand {}
}
