package io.byok.command.erase.domain;

import io.byok.kernel.ErasureId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import java.time.Instant;
import java.util.List;

/** The states of an erasure. None leads back. */
public sealed interface Erasure {

    /** Nobody asked for it. */
    record Absent() implements Erasure {}

    /** An erasure that was asked for. */
    sealed interface Present extends Erasure {
        Request request();
    }

    /** Who asked for what, and why. */
    record Request(ErasureId id, String reason, String legalBasis, Instant at) {}

    /** No key of the user serves; nothing is destroyed yet. */
    record Requested(Request request) implements Present {}

    /** The keys are gone; not every store has said yet that nothing is left in it. */
    record Destroyed(Request request, SubjectKeysDestroyed destruction) implements Present {}

    /** It is over, and certified. */
    record Erased(Request request, SubjectKeysDestroyed destruction, List<Acknowledgement> acknowledgements, Instant at)
            implements Present {}
}
