package io.byok.command.erase;

import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureCommand.ConcludeErasure;
import io.byok.command.erase.domain.ErasureCommand.DestroyKeys;
import io.byok.command.erase.domain.Remains;
import io.byok.kernel.ErasureId;
import io.byok.kernel.StreamId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.SignedNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes erasures from wherever they stand to their end. Where they stand is in the database and nowhere else, and each
 * step is one commit that is not repeated; so a process may die between any two instructions, and any node may go on.
 *
 * <ol>
 *   <li>requested: counts what there is, and destroys it in one transaction;
 *   <li>destroyed: remembers which stores have forgotten the user, until all have;
 *   <li>then signs the certificate, and writes it with the last event.
 * </ol>
 */
final class ErasureSaga {

    /** Who signs certificates. */
    static final String SIGNER = "byok-erasure";

    private static final Logger LOG = LoggerFactory.getLogger(ErasureSaga.class);
    private static final int MOST_AT_ONCE = 200;
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final ErasureHeads heads;
    private final Erasures erasures;
    private final Inventory inventory;
    private final ErasureHistory history;
    private final Stores stores;
    private final PlatformSigner signer;
    private final Duration horizon;
    private final Clock clock;
    private final Consumer<String> reached;
    /** Spares repeating to the database what it knows; a process that has forgotten it repeats it once. */
    private final Map<ErasureId, Set<String>> told = new HashMap<>();

    private Instant complained = Instant.EPOCH;

    /**
     * @param horizon what certificates say of backups
     * @param reached told each place between two writes; a test ends there
     */
    ErasureSaga(
            ErasureHeads heads,
            Erasures erasures,
            Inventory inventory,
            ErasureHistory history,
            Stores stores,
            PlatformSigner signer,
            Duration horizon,
            Clock clock,
            Consumer<String> reached) {
        this.heads = heads;
        this.erasures = erasures;
        this.inventory = inventory;
        this.history = history;
        this.stores = stores;
        this.signer = signer;
        this.horizon = horizon;
        this.clock = clock;
        this.reached = reached;
    }

    /**
     * One look at all that is unfinished. One that cannot go on now does not keep the others waiting, and those that only
     * wait for stores do not keep anybody's keys alive.
     */
    void advance() {
        heads.unfinished(ErasureStatus.REQUESTED, MOST_AT_ONCE).forEach(head -> quietly(head, () -> destroy(head)));
        List<ErasureHeads.Head> waiting = heads.unfinished(ErasureStatus.DESTROYED, MOST_AT_ONCE);
        told.keySet().retainAll(waiting.stream().map(ErasureHeads.Head::id).toList());
        if (!waiting.isEmpty()) {
            Stores.Moment moment = stores.look();
            waiting.forEach(head -> quietly(head, () -> conclude(head, moment)));
        }
    }

    private static void quietly(ErasureHeads.Head head, Runnable step) {
        try {
            step.run();
        } catch (ErasureRows.Recount again) {
            LOG.debug("{} is counted again", head.id());
        } catch (RuntimeException later) {
            LOG.warn("{} goes on later: {}", head.id(), later.toString());
        }
    }

    private void destroy(ErasureHeads.Head head) {
        reached.accept("requested");
        Instant at = now();
        if (heads.isHeld(head)) { // the transaction asks again; this spares counting, several times a second
            complain(head, "a legal hold", at);
            return;
        }
        Remains remains = inventory.of(head.tenant(), head.id().subject(), head.legalBasis(), at);
        reached.accept("counted");
        erasures.destroy(head.tenant(), head.legalBasis(), new DestroyKeys(head.id(), remains, at));
        reached.accept("destroyed");
    }

    private void conclude(ErasureHeads.Head head, Stores.Moment moment) {
        List<Word> words = Word.all(head, moment);
        Instant at = now();
        for (Word word : words) {
            if (word.through()
                    && told.computeIfAbsent(head.id(), _ -> new HashSet<>()).add(word.store())) {
                heads.acknowledge(head.id(), new Acknowledgement(word.store(), word.how(), at));
            }
        }
        reached.accept("acknowledged");
        List<Word> late = words.stream().filter(word -> !word.through()).toList();
        if (!late.isEmpty()) {
            complain(head, late.toString(), at);
            return;
        }
        if (!(history.now(StreamId.of(head.id())) instanceof Erasure.Destroyed erasure)) {
            return; // another node was faster
        }
        List<Acknowledgement> all = heads.acknowledgements(head.id());
        String certificate = signer.sign(
                SIGNER,
                Certificate.text(head.tenant(), erasure, Objects.requireNonNull(head.position()), all, horizon, at));
        reached.accept("signed");
        erasures.conclude(
                head.tenant(), new ConcludeErasure(head.id(), all, SignedNote.hash(certificate), at), certificate);
        LOG.info("{} is over; the certificate is at /v1/erasures/{}/certificate", head.id(), head.id());
        reached.accept("concluded");
    }

    /** What every store says now; before the destruction nobody has anything to say. */
    List<Word> words(ErasureHeads.Head head) {
        return Word.all(head, stores.look());
    }

    private void complain(ErasureHeads.Head head, String late, Instant at) {
        if (head.requestedAt().plus(STUCK).isBefore(at)
                && complained.plus(STUCK).isBefore(at)) {
            complained = at;
            LOG.warn("{}, asked for at {}, waits for {}", head.id(), head.requestedAt(), late);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
