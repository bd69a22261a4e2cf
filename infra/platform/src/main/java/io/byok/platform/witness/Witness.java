package io.byok.platform.witness;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Verification;
import io.byok.platform.seal.Cosigner;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cosigns states of logs by C2SP tlog-witness. Guarantees: a state is cosigned only when a trusted key of its log signed it
 * and it is proved to continue the one that was cosigned before, also over a restart; the new one is on disk before the
 * cosignature leaves; so two cosigned states of a log are never of different histories. Safe for many threads.
 */
public final class Witness implements AutoCloseable {

    /**
     * What to answer.
     *
     * @param why in words, for the witness's own log; nothing when it was cosigned
     */
    public record Answer(int status, String type, String body, String why) {

        static Answer refused(int status, String why) {
            return new Answer(status, "text/plain; charset=utf-8", why + "\n", why);
        }
    }

    private final Cosigner cosigner;
    private final Supplier<TrustedLogs> trusted;
    private final WitnessedStates states;

    private Witness(Cosigner cosigner, Supplier<TrustedLogs> trusted, WitnessedStates states) {
        this.cosigner = cosigner;
        this.trusted = trusted;
        this.states = states;
    }

    /** @throws IllegalStateException when another process has the directory */
    public static Witness open(Path directory, Cosigner cosigner, Supplier<TrustedLogs> trusted) throws IOException {
        return new Witness(cosigner, trusted, WitnessedStates.open(directory, cosigner.key()));
    }

    public CosignerKey key() {
        return cosigner.key();
    }

    /**
     * Answers a request of {@code add-checkpoint}. One at a time: what is compared and what is written belong together.
     *
     * @throws IOException when its own records cannot be read or written; nothing was cosigned
     */
    public synchronized Answer add(String body) throws IOException {
        AddCheckpoint request = AddCheckpoint.parse(body).orElse(null);
        Checkpoint state = request == null
                ? null
                : SignedNote.text(request.note()).flatMap(Checkpoint::parse).orElse(null);
        if (request == null || state == null) {
            return Answer.refused(400, "no request of add-checkpoint");
        }
        List<NoteKey> keys = trusted.get().of(state.origin());
        if (keys.isEmpty()) {
            return Answer.refused(404, "the log is not witnessed here");
        }
        Optional<String> text = keys.stream()
                .map(key -> SignedNote.open(request.note(), key))
                .flatMap(Optional::stream)
                .findFirst();
        if (text.isEmpty()) {
            return Answer.refused(403, "not signed by a trusted key of the log");
        }
        if (request.old() > state.size()) {
            return Answer.refused(400, "the old size is larger than the new one");
        }
        return follow(request, state, text.get(), body);
    }

    private Answer follow(AddCheckpoint request, Checkpoint state, String text, String body) throws IOException {
        MerkleHash hash = new MerkleHash();
        Checkpoint newest =
                states.newest(state.origin()).orElseGet(() -> new Checkpoint(state.origin(), 0, hash.empty()));
        if (request.old() != newest.size()) {
            return new Answer(
                    409,
                    "text/x.tlog.size",
                    newest.size() + "\n",
                    "it asked from " + request.old() + ", and " + newest.size() + " is known");
        }
        boolean continues = new Verification(hash)
                .consistent(newest.size(), newest.root(), state.size(), state.root(), request.proof());
        if (!continues && state.size() == newest.size() && request.proof().isEmpty()) {
            states.keepEvidence(body);
            return new Answer(409, "text/x.tlog.size", newest.size() + "\n", "FORKED: another root of the same size");
        }
        if (!continues) {
            states.keepEvidence(body);
            return Answer.refused(
                    422, "the proof does not lead from the state of " + newest.size() + " leaves to this one");
        }
        String line = cosigner.cosign(text);
        states.write(state.origin(), text + "\n" + line);
        return new Answer(200, "text/plain; charset=utf-8", line, "");
    }

    @Override
    public void close() throws IOException {
        states.close();
    }
}
