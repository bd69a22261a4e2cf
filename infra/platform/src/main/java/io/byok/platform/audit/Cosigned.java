package io.byok.platform.audit;

import io.byok.kernel.audit.Checkpoint;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.SignedNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of the states in an export the wanted witnesses have cosigned. */
final class Cosigned {

    private final Map<CosignerKey, Proved.Witnessed> newest = new LinkedHashMap<>();
    private final List<CosignerKey> witnesses;

    Cosigned(List<CosignerKey> witnesses) {
        this.witnesses = witnesses;
    }

    /** @throws Unproved when it bears a cosignature in a wanted witness's name that is not the witness's */
    void look(Checkpoint state, String note) {
        String text = SignedNote.text(note).orElse("");
        List<String> lines = note.substring(text.length()).lines().toList();
        for (CosignerKey witness : witnesses) {
            for (String line : lines) {
                if (witness.claims(line)) {
                    Instant at = witness.cosigned(text, line)
                            .orElseThrow(() -> Unproved.because("the cosignature of " + witness.name()
                                    + " below the state of " + state.size() + " leaves is not its own"));
                    newest.put(witness, new Proved.Witnessed(witness.name(), state.size(), at));
                }
            }
        }
    }

    /** @throws Unproved when a wanted witness has cosigned nothing of this */
    List<Proved.Witnessed> all() {
        for (CosignerKey witness : witnesses) {
            if (!newest.containsKey(witness)) {
                throw Unproved.unlinked("no state in the export is cosigned by " + witness.name()
                        + ": export again when it has answered, or ask it");
            }
        }
        return new ArrayList<>(newest.values());
    }
}
