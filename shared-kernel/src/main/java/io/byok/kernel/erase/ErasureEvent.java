package io.byok.kernel.erase;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.ErasureId;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import java.time.Instant;
import java.util.List;

/**
 * How an end user was erased. Sealed under the tenant's own key: these facts outlive the keys they speak of, so nothing in
 * them leads to the person.
 */
public sealed interface ErasureEvent extends DomainEvent {

    ErasureId erasure();

    /** From now on none of the user's keys serves, and nothing more is written about them. */
    record SubjectErasureRequested(ErasureId erasure, SubjectId subject, String reason, String legalBasis, Instant at)
            implements ErasureEvent {}

    /** What the tenant consumed through the user, without the user: the totals stay true. Several, when it is much. */
    record SubjectUsageKept(ErasureId erasure, List<UsageSum> sums, Instant at) implements ErasureEvent {

        public SubjectUsageKept {
            sums = List.copyOf(sums);
        }
    }

    /**
     * Everything that opened what is about the user is gone. Readers forget the user when they come here.
     *
     * @param keys the user's provider keys
     * @param credentials how many sealed versions were deleted
     * @param dataKeys the wrapped keys that were deleted
     * @param history where in the log the user's events stay, unreadable
     */
    record SubjectKeysDestroyed(
            ErasureId erasure,
            SubjectId subject,
            List<KeyId> keys,
            int credentials,
            List<DestroyedKey> dataKeys,
            List<HistorySpan> history,
            Instant at)
            implements ErasureEvent {

        public SubjectKeysDestroyed {
            keys = List.copyOf(keys);
            dataKeys = List.copyOf(dataKeys);
            history = List.copyOf(history);
        }
    }

    /**
     * Every store has said that nothing of the user is left in it, and a certificate says all of this.
     *
     * @param certificateHash SHA-256 of the signed certificate, 64 hex digits
     */
    record SubjectErased(
            ErasureId erasure,
            SubjectId subject,
            List<Acknowledgement> acknowledgements,
            String certificateHash,
            Instant at)
            implements ErasureEvent {

        public SubjectErased {
            acknowledgements = List.copyOf(acknowledgements);
        }
    }
}
