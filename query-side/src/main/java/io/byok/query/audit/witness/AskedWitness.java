package io.byok.query.audit.witness;

import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.SignedNote;
import io.byok.platform.witness.AddCheckpoint;
import io.byok.query.audit.tree.TileReader;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** One witness, and the conversation with it about one state. */
final class AskedWitness {

    /** How it ended. */
    enum Outcome {
        COSIGNED,
        /** The witness does not know the log, or does not trust its key. */
        NOT_WITNESSED,
        /** It has seen another history, or a longer one. Somebody must look. */
        CONTRADICTED,
        /** It answered what no witness answers. */
        NONSENSE
    }

    private final URI url;
    private final CosignerKey key;
    private final boolean platformOnly;
    private final WitnessCall call;
    private final DSLContext view;
    private final Cosignatures cosignatures;

    AskedWitness(URI url, CosignerKey key, boolean platformOnly, WitnessCall call, DSLContext view) {
        this.url = url;
        this.key = key;
        this.platformOnly = platformOnly;
        this.call = call;
        this.view = view;
        this.cosignatures = new Cosignatures(view);
    }

    String name() {
        return key.name();
    }

    List<AuditCheckpointRecord> missing(int most) {
        return cosignatures.missing(key.text(), platformOnly, most);
    }

    /** Shows it the state; what it cosigns is on disk when this returns. */
    Outcome show(AuditCheckpointRecord state) throws WitnessCall.Away, InterruptedException {
        long old = Math.min(cosignatures.known(key.text(), state.getTenant()), state.getSize());
        WitnessCall.Answer answer = ask(state, old);
        if (answer.status() == 409 && answer.body().matches("(0|[1-9][0-9]{0,17})\n")) {
            long knows = Long.parseLong(answer.body().strip());
            if (knows == old || knows > state.getSize()) {
                return Outcome.CONTRADICTED;
            }
            answer = ask(state, knows);
        }
        return switch (answer.status()) {
            case 200 -> take(state, answer.body());
            case 403, 404 -> Outcome.NOT_WITNESSED;
            case 409, 422 -> Outcome.CONTRADICTED;
            default -> throw new WitnessCall.Away("answer " + answer.status());
        };
    }

    private WitnessCall.Answer ask(AuditCheckpointRecord state, long old)
            throws WitnessCall.Away, InterruptedException {
        List<byte[]> proof =
                new TileReader(view, state.getTenant()).prove(proofs -> proofs.consistency(old, state.getSize()));
        return call.ask(url, new AddCheckpoint(old, proof, state.getNote()));
    }

    private Outcome take(AuditCheckpointRecord state, String body) {
        String text = SignedNote.text(state.getNote()).orElse("");
        List<String> lines = key.linesOf(text, body);
        if (lines.isEmpty()) {
            return Outcome.NONSENSE;
        }
        Instant at = key.cosigned(text, lines.getFirst()).orElseThrow();
        cosignatures.keep(state, key.text(), lines.getFirst(), at);
        return Outcome.COSIGNED;
    }
}
