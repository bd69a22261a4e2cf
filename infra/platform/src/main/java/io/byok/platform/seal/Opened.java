package io.byok.platform.seal;

import java.util.UUID;

/** What sealed bytes turn out to be, when the seal holds. */
public sealed interface Opened {

    /** The plaintext, owned by the caller. */
    record Plain(byte[] plaintext) implements Opened {

        @Override
        public String toString() {
            return "Plain";
        }
    }

    /** The key was destroyed on purpose; nobody will read this again. Not an error: a replay goes on. */
    record Shredded(UUID keyId) implements Opened {}
}
