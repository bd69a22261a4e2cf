package io.byok.bench;

import io.byok.command.store.EventMetadata;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** A key as small as it can be, the same for both sides: what is measured is the store. */
public class BenchKey {

    /** Makes a key, without looking for one first. */
    public record Add(@TargetAggregateIdentifier String id, KeyId key, TenantId tenant, SubjectId subject) {}

    /** Loads a key and adds an event. */
    public record Rotate(@TargetAggregateIdentifier String id, TenantId tenant, SubjectId subject) {}

    private static final Provenance BY = new Provenance("tok_bench", "req-bench");

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable KeyId key;
    private int version;

    BenchKey() {}

    static KeyAdded added(KeyId key) {
        return new KeyAdded(
                key,
                "user-4711",
                "openai",
                "production",
                new KeyLabel("main", "the key of the evening shift", List.of("team:red", "cost:7")),
                new KeyPolicy(null, 100, true),
                "sk-...x7Qa",
                "5f3c9a7be1d0442895fe63d1c0a7b8e2",
                now());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public void handle(Add command) {
        AggregateLifecycle.apply(added(command.key()), EventMetadata.of(command.tenant(), command.subject(), BY));
    }

    @CommandHandler
    public void handle(Rotate command) {
        AggregateLifecycle.apply(
                new KeyRotated(
                        Objects.requireNonNull(key),
                        version + 1,
                        "sk-...y8Rb",
                        "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d",
                        null,
                        now()),
                EventMetadata.of(command.tenant(), command.subject(), BY));
    }

    @EventSourcingHandler
    void on(KeyEvent event) {
        key = event.key();
        id = key.text();
        version = event instanceof KeyRotated rotated ? rotated.version() : 1;
    }
}
