package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.Opener;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.Sealer;
import io.byok.platform.seal.SealingKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One version of one credential, sealed field by field and opened again. Names the place; holds neither key nor secret. */
record CredentialSeal(DataKeyRef ref, SubjectId subject, KeyId key, int version) {

    /** One sealed text per field, in order. */
    List<byte[]> seal(SealingKey dataKey, Credential credential) {
        List<byte[]> sealed = new ArrayList<>();
        credential.forEach((name, secret) ->
                sealed.add(secret.exposeForIntake(bytes -> Sealer.seal(ref, dataKey, place(name), bytes))));
        return sealed;
    }

    /**
     * All fields, owned by the caller.
     *
     * @throws SealBroken when one of them does not open
     */
    Credential open(SealingKey dataKey, List<String> names, List<byte[]> sealed) {
        if (names.isEmpty()
                || names.size() != sealed.size()
                || Set.copyOf(names).size() != names.size()) {
            throw new SealBroken(); // whoever changes the row gets the same mute answer for every way of doing it
        }
        Map<String, SecretBytes> fields = new LinkedHashMap<>();
        try {
            for (int i = 0; i < names.size(); i++) {
                byte[] secret = Opener.open(ref, dataKey, sealed.get(i), place(names.get(i)));
                fields.put(names.get(i), SecretBytes.owning(secret));
            }
            return new Credential(fields);
        } catch (RuntimeException broken) {
            fields.values().forEach(SecretBytes::close); // all fields or none: half a credential is never handed out
            throw broken;
        }
    }

    private Aad place(String field) {
        return Aad.secret(ref.tenant(), subject, key, version, field);
    }
}
