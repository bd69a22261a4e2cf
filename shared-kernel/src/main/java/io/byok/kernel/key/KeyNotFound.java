package io.byok.kernel.key;

import io.byok.kernel.Refusal;

/** What both sides say of a key that does not exist, or is not the caller's to see: the two are not told apart. */
public enum KeyNotFound implements Refusal {
    KEY_NOT_FOUND;

    @Override
    public String code() {
        return "key-not-found";
    }

    @Override
    public Kind kind() {
        return Kind.NOT_FOUND;
    }

    @Override
    public String title() {
        return "There is no such key.";
    }

    @Override
    public String advice() {
        return "Check the id; keys of other tenants are never found.";
    }
}
