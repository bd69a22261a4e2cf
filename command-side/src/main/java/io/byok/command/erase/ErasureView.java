package io.byok.command.erase;

import io.byok.command.erase.domain.Erasure;
import io.byok.kernel.ErasureId;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.HistorySpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as the API shows it.
 *
 * @param subject the user's random id, as it stands in the audit trail; nothing leads from it to the person
 * @param status {@code requested}: no key of the user serves; {@code destroyed}: nothing about them opens; {@code erased}:
 *     every store has said so
 * @param acknowledgements every store, and whether it is through; empty before there is something to acknowledge
 * @param certificate where the signed certificate is; absent until it is over
 */
public record ErasureView(
        ErasureId id,
        SubjectId subject,
        String status,
        String reason,
        String legalBasis,
        Instant requestedAt,
        @Nullable Instant destroyedAt,
        @Nullable Instant erasedAt,
        List<Ack> acknowledgements,
        @Nullable Destroyed destroyed,
        @Nullable String certificate) {

    /**
     * A store.
     *
     * @param store {@code vault}, {@code kafka}, {@code read-model/<name>} or {@code node/<id>}
     * @param status {@code acknowledged} or {@code waiting}
     * @param how what it did, or how far it is
     * @param at when it was seen to be through; absent while it waits
     */
    public record Ack(
            String store,
            String status,
            String how,
            @Nullable Instant at) {}

    /**
     * What was destroyed.
     *
     * @param keys the user's provider keys
     * @param credentials how many sealed versions
     * @param dataKeys how many keys that opened something
     * @param history where in the log the user's events stay, unreadable
     */
    public record Destroyed(List<KeyId> keys, int credentials, int dataKeys, List<HistorySpan> history) {

        private static Destroyed of(SubjectKeysDestroyed event) {
            return new Destroyed(
                    event.keys(), event.credentials(), event.dataKeys().size(), event.history());
        }
    }

    static ErasureView of(Erasure.Present erasure, List<Ack> acknowledgements) {
        Erasure.Request request = erasure.request();
        SubjectKeysDestroyed destruction = switch (erasure) {
            case Erasure.Requested _ -> null;
            case Erasure.Destroyed destroyed -> destroyed.destruction();
            case Erasure.Erased erased -> erased.destruction();
        };
        Instant over = erasure instanceof Erasure.Erased erased ? erased.at() : null;
        return new ErasureView(
                request.id(),
                request.id().subject(),
                status(erasure).word(),
                request.reason(),
                request.legalBasis(),
                request.at(),
                destruction == null ? null : destruction.at(),
                over,
                acknowledgements,
                destruction == null ? null : Destroyed.of(destruction),
                over == null ? null : "/v1/erasures/" + request.id() + "/certificate");
    }

    private static ErasureStatus status(Erasure.Present erasure) {
        return switch (erasure) {
            case Erasure.Requested _ -> ErasureStatus.REQUESTED;
            case Erasure.Destroyed _ -> ErasureStatus.DESTROYED;
            case Erasure.Erased _ -> ErasureStatus.ERASED;
        };
    }
}
