package io.byok.command.bus;

import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import java.util.List;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** The three lines that every aggregate shell would otherwise repeat. */
public final class Shell {

    /** Metadata key of the version that the caller expects. */
    public static final String EXPECTED_VERSION = "expectedVersion";

    private Shell() {}

    /**
     * Decides and applies.
     *
     * @param expectedVersion the version the caller saw; any other refuses the command before it is looked at
     * @throws Rejection as the decider says, or {@link StaleVersion}
     */
    public static <C, S, E> List<E> decide(
            Decider<C, S, E> decider, S state, C command, @Nullable Long expectedVersion) {
        Long version = AggregateLifecycle.getVersion();
        if (expectedVersion != null && version != null && !expectedVersion.equals(version)) {
            throw new Rejection(
                    StaleVersion.STALE,
                    "The version is " + version + ", the request expected " + expectedVersion + ".");
        }
        List<E> events = decider.decide(state, command);
        events.forEach(AggregateLifecycle::apply);
        return events;
    }

    /** The answer after {@link #decide}. */
    public static <S> Decided<S> decided(S state, List<?> events) {
        Long version = AggregateLifecycle.getVersion();
        return new Decided<>(state, version == null ? -1 : version, !events.isEmpty());
    }
}
