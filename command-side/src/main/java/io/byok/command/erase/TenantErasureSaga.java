package io.byok.command.erase;

import io.byok.command.erase.domain.TenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.ConcludeTenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.DestroyTenantKeys;
import io.byok.command.erase.domain.TenantErasureDecider;
import io.byok.command.erase.domain.TenantRemains;
import io.byok.command.head.YearOfUses;
import io.byok.command.store.EventLog;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.SignedNote;
import io.byok.platform.seal.Tombstones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes erasures of tenants from wherever they stand to their end, as {@link ErasureSaga} does those of end users: any node
 * may go on, and a process may die between any two instructions. Before the keys go, the hashes of the leaves of all uses
 * are written down, so that the trees can be made again and have the roots that were signed.
 */
final class TenantErasureSaga {

    private static final Logger LOG = LoggerFactory.getLogger(TenantErasureSaga.class);

    private final TenantErasureHeads heads;
    private final TenantErasures erasures;
    private final DSLContext database;
    private final YearOfUses uses;
    private final EventLog log;
    private final EventSealing sealing;
    private final Stores stores;
    private final PlatformSigner signer;
    private final Duration horizon;
    private final Clock clock;
    private final Consumer<String> reached;
    private final TenantErasureDecider decider = new TenantErasureDecider();

    /**
     * @param horizon what certificates say of backups
     * @param reached told each place between two writes; a test ends there
     */
    TenantErasureSaga(
            TenantErasureHeads heads,
            TenantErasures erasures,
            DSLContext database,
            YearOfUses uses,
            EventLog log,
            EventSealing sealing,
            Stores stores,
            PlatformSigner signer,
            Duration horizon,
            Clock clock,
            Consumer<String> reached) {
        this.heads = heads;
        this.erasures = erasures;
        this.database = database;
        this.uses = uses;
        this.log = log;
        this.sealing = sealing;
        this.stores = stores;
        this.signer = signer;
        this.horizon = horizon;
        this.clock = clock;
        this.reached = reached;
    }

    /** One look at all that is unfinished. One that cannot go on now does not keep the others waiting. */
    void advance() {
        heads.unfinished(ErasureStatus.REQUESTED).forEach(head -> quietly(head, () -> destroy(head)));
        List<TenantErasureHeads.Head> waiting = heads.unfinished(ErasureStatus.DESTROYED);
        if (!waiting.isEmpty()) {
            Stores.Moment moment = stores.look();
            waiting.forEach(head -> quietly(head, () -> conclude(head, moment)));
        }
    }

    private static void quietly(TenantErasureHeads.Head head, Runnable step) {
        try {
            step.run();
        } catch (ErasureRows.Recount again) {
            LOG.debug("{} is counted again", head.id());
        } catch (RuntimeException later) {
            LOG.warn("{} goes on later: {}", head.id(), later.toString());
        }
    }

    private void destroy(TenantErasureHeads.Head head) {
        reached.accept("requested");
        TenantId tenant = head.id().tenant();
        database.connectionResult(connection -> Tombstones.auditYears(connection, tenant))
                .forEach(year -> uses.keepHashes(tenant, year));
        reached.accept("kept");
        TenantRemains remains = database.transactionResult(transaction ->
                transaction.dsl().connectionResult(connection -> TenantContents.count(connection, tenant)));
        reached.accept("counted");
        erasures.destroy(head.operator(), head.legalBasis(), new DestroyTenantKeys(head.id(), remains, now()));
        LOG.info("the keys of {} are destroyed: {} under its own", tenant, remains.dataKeys());
        reached.accept("destroyed");
    }

    private void conclude(TenantErasureHeads.Head head, Stores.Moment moment) {
        List<Word> words = words(head, moment);
        Instant at = now();
        for (Word word : words) {
            if (word.through()) {
                heads.acknowledge(head.id(), new Acknowledgement(word.store(), word.how(), at));
            }
        }
        reached.accept("acknowledged");
        if (!words.stream().allMatch(Word::through)
                || !(history(head.id()) instanceof TenantErasure.Destroyed erasure)) {
            return; // not yet, or another node was faster
        }
        List<Acknowledgement> all = heads.acknowledgements(head.id());
        String certificate = signer.sign(
                ErasureSaga.SIGNER,
                TenantCertificate.text(erasure, Objects.requireNonNull(head.position()), all, horizon, at));
        reached.accept("signed");
        erasures.conclude(
                head.operator(),
                new ConcludeTenantErasure(head.id(), all, SignedNote.hash(certificate), at),
                certificate);
        LOG.info("{} is over; the certificate is at /v1/tenant-erasures/{}/certificate", head.id(), head.id());
        reached.accept("concluded");
    }

    /** What every store says now; before the destruction nobody has anything to say. */
    List<Word> words(TenantErasureHeads.Head head) {
        return words(head, stores.look());
    }

    private static List<Word> words(TenantErasureHeads.Head head, Stores.Moment moment) {
        return Word.all(head.position(), head.epoch(), head.destroyedAt(), Word.What.TENANT, moment);
    }

    private TenantErasure history(TenantErasureId id) {
        TenantErasure state = decider.initial();
        for (StoredEvent stored : log.stream(StreamId.of(id), 0)) {
            if (sealing.open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof TenantErasureEvent event) {
                state = decider.evolve(state, event);
            }
        }
        return state;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
