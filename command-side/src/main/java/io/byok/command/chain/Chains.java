package io.byok.command.chain;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Decided;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.bus.StaleVersion;
import io.byok.command.chain.domain.Chain;
import io.byok.command.chain.domain.ChainCommand;
import io.byok.command.head.ChainHead;
import io.byok.command.head.ChainHeads;
import io.byok.command.head.ChainHeads.PlaceTaken;
import io.byok.command.store.Row;
import io.byok.kernel.ChainId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.kernel.chain.ChainPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends commands to chains. There is one per end user, provider and environment, and it is found by these. */
public final class Chains {

    private final Commands commands;
    private final ChainHeads heads;
    private final Ids ids;
    private final Clock clock;

    Chains(Commands commands, ChainHeads heads, Ids ids, Clock clock) {
        this.commands = commands;
        this.heads = heads;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a chain is for.
     *
     * @param owner the end user, or the tenant itself for its default
     * @param userId the application's own id of the end user, absent for the default
     */
    public record Place(
            TenantId tenant, SubjectId owner, @Nullable String userId, String provider, String environment) {}

    /** Lets a policy hold. */
    public Receipt<Chain> set(Place place, ChainPolicy policy, Provenance by, @Nullable Long expectedVersion) {
        try {
            return send(place, chain(place, expectedVersion), policy, by, expectedVersion);
        } catch (PlaceTaken somebodyElse) {
            return send(place, chain(place, expectedVersion), policy, by, expectedVersion);
        }
    }

    private ChainId chain(Place place, @Nullable Long expectedVersion) {
        Optional<ChainHead> known = find(place);
        if (known.isEmpty() && expectedVersion != null) {
            throw new Rejection(
                    StaleVersion.STALE, "There is nothing yet; the request expected " + expectedVersion + ".");
        }
        return known.map(ChainHead::chain).orElseGet(ids::chain);
    }

    private Receipt<Chain> send(
            Place place, ChainId chain, ChainPolicy policy, Provenance by, @Nullable Long expectedVersion) {
        return send(
                place,
                new ChainCommand.SetChain(chain, place.userId(), place.provider(), place.environment(), policy, now()),
                policy,
                by,
                expectedVersion);
    }

    /** Lets it hold no more. @throws Rejection when nothing holds */
    public Receipt<Chain> remove(Place place, Provenance by, @Nullable Long expectedVersion) {
        ChainHead head = find(place).orElseThrow(() -> Rejection.of(ChainNotFound.CHAIN_NOT_FOUND));
        return send(place, new ChainCommand.RemoveChain(head.chain(), now()), head.policy(), by, expectedVersion);
    }

    private Optional<ChainHead> find(Place place) {
        return heads.find(place.tenant(), place.owner(), place.provider(), place.environment());
    }

    private Receipt<Chain> send(
            Place place, ChainCommand command, ChainPolicy policy, Provenance by, @Nullable Long expectedVersion) {
        return commands.<ChainCommand, Chain>send(
                new Order<>(
                        ChainCommand.class,
                        command,
                        StreamId.of(command.chain()),
                        place.tenant(),
                        place.owner(),
                        by,
                        expectedVersion),
                decided -> rows(place, command.chain(), policy, decided));
    }

    private List<Row<?>> rows(Place place, ChainId chain, ChainPolicy policy, Decided<Chain> decided) {
        return decided.changed()
                ? List.of(new Row<>(
                        heads,
                        new ChainHead(
                                chain,
                                place.tenant(),
                                place.owner(),
                                place.provider(),
                                place.environment(),
                                decided.state() instanceof Chain.Removed,
                                decided.version(),
                                policy)))
                : List.of();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
