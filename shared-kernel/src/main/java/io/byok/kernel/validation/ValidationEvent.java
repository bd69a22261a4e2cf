package io.byok.kernel.validation;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import java.time.Instant;
import java.util.List;

/** What can be learnt about a key. Nothing in it comes from a provider's own text, which may repeat the key. */
public sealed interface ValidationEvent extends DomainEvent {

    KeyId key();

    /**
     * The provider was asked.
     *
     * @param version of the credential
     * @param state what the answer means: {@code valid}, {@code valid-limited}, {@code no-quota}, {@code rate-limited},
     *     {@code invalid}, {@code ip-blocked}, {@code region-blocked}, {@code unreachable}
     * @param message one sentence of the catalogue
     * @param lacks rights that a limited key does not have
     * @param score 0 to 100
     * @param occasion why it was asked: {@code saved}, {@code requested}, {@code scheduled}, {@code live-use}
     * @param called method and address of the call, without anything of the credential
     * @param tookMillis how long the answer took
     */
    record KeyValidated(
            KeyId key,
            int version,
            String state,
            String message,
            List<String> lacks,
            int score,
            String occasion,
            String called,
            long tookMillis,
            Instant at)
            implements ValidationEvent {

        public KeyValidated {
            lacks = List.copyOf(lacks);
        }
    }

    /**
     * A date of the key comes near.
     *
     * @param what {@code expires} or {@code rotate-by}
     * @param due the date
     */
    record KeyDue(KeyId key, String what, Instant due, Instant at) implements ValidationEvent {}
}
