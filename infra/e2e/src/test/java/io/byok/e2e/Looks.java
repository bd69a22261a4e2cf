package io.byok.e2e;

import io.byok.kernel.KeyId;

/** What the tests need to look behind the API. */
final class Looks {

    private Looks() {}

    /** As the database has it. */
    static String uuid(String keyId) {
        return KeyId.parse(keyId).orElseThrow().value().toString();
    }
}
