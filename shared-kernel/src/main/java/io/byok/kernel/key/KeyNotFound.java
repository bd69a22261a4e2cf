package io.byok.kernel.key;

import io.byok.kernel.Refusal;

/** What both sides say of a key that does not exist, or is not the caller's to see: the two are not told apart. */
public enum KeyNotFound implements Refusal {
    KEY_NOT_FOUND;

    @Override
    public Terms terms() {
        return new Terms(
                "key-not-found",
                Kind.NOT_FOUND,
                "There is no such key.",
                "Check the id; keys of other tenants are never found.");
    }
}
