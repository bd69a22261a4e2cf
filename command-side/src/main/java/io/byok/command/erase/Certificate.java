package io.byok.command.erase;

import io.byok.command.erase.domain.Erasure;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.HistorySpan;
import io.byok.platform.seal.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an erasure is certified with: lines of a word and its values, in a fixed order, to be signed as a note. Holds random
 * ids, hashes, times and positions; nothing that leads to the person.
 */
final class Certificate {

    /** The first line; another format gets another one. */
    static final String FORMAT = "byok erasure certificate 1";

    private Certificate() {}

    /** @param horizon after how long no backup opens the destroyed keys any more */
    static String text(
            TenantId tenant,
            Erasure.Destroyed erasure,
            long position,
            List<Acknowledgement> acknowledgements,
            Duration horizon,
            Instant at) {
        SubjectKeysDestroyed destruction = erasure.destruction();
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        line(text, "erasure", destruction.erasure());
        line(text, "tenant", tenant);
        line(text, "subject", destruction.subject());
        line(text, "legal-basis", quoted(erasure.request().legalBasis()));
        line(text, "requested-at", erasure.request().at());
        line(text, "destroyed-at", destruction.at());
        line(text, "destroyed-position", position);
        line(text, "erased-at", at);
        line(text, "backup-horizon", horizon, destruction.at().plus(horizon));
        line(text, "credentials", destruction.credentials());
        destruction.keys().forEach(key -> line(text, "key", key));
        line(text, "tombstones", SignedNote.hash(tombstones(destruction.dataKeys())));
        text.append(tombstones(destruction.dataKeys()));
        for (HistorySpan span : destruction.history()) {
            line(text, "history", span.stream(), span.events(), span.first() + ".." + span.last());
        }
        for (Acknowledgement one : acknowledgements) {
            line(text, "acknowledged", one.store(), one.at(), quoted(one.how()));
        }
        return text.toString();
    }

    private static String tombstones(List<DestroyedKey> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> line(text, "data-key", key.kind(), key.id(), key.version(), key.wrapHash()));
        return text.toString();
    }

    static void line(StringBuilder text, String word, Object... values) {
        text.append(word);
        for (Object value : values) {
            text.append(' ').append(value);
        }
        text.append('\n');
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
