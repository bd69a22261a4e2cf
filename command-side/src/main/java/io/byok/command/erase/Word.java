package io.byok.command.erase;

import io.byok.platform.seal.KeyHolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of one erasure.
 *
 * <p>A node is through when it has reached the tombstones' epoch. Kafka is when it holds the event that says so: its sealed
 * records stay, and open for nobody. A read model is when it has come to that event: it forgets the user there. A replay is
 * when it is over: what it builds beside the read models is dropped, or has come as far as they have.
 *
 * @param store {@code vault}, {@code kafka}, {@code read-model/<name>}, {@code replays} or {@code node/<id>}
 * @param how what it has done, or how far it is
 */
record Word(String store, boolean through, String how) {

    /** Of whom it is said. */
    enum What {
        USER("keys, credentials and the user's id deleted in one transaction", "forgot the user"),
        TENANT("keys, credentials, tokens and names deleted in one transaction", "forgot the tenant");

        private final String vault;
        private final String forgot;

        What(String vault, String forgot) {
            this.vault = vault;
            this.forgot = forgot;
        }
    }

    /** Of every store about an end user; before the keys are destroyed there is nothing to say. */
    static List<Word> all(ErasureHeads.Head erasure, Stores.Moment moment) {
        return all(erasure.position(), erasure.epoch(), erasure.destroyedAt(), What.USER, moment);
    }

    /** Of every store; nothing while position, epoch and time of the destruction are absent. */
    static List<Word> all(
            @Nullable Long position,
            @Nullable Long epoch,
            @Nullable Instant destroyedAt,
            What what,
            Stores.Moment moment) {
        List<Word> words = new ArrayList<>();
        if (position == null || epoch == null || destroyedAt == null) {
            return words;
        }
        words.add(new Word("vault", true, what.vault));
        words.add(reached("kafka", moment.relayed(), position, "sealed records stay, unreadable"));
        moment.nodes().forEach(node -> words.add(of(node, epoch)));
        moment.readModels().ifPresent(positions -> {
            positions.forEach(
                    (name, reached) -> words.add(reached("read-model/" + name, reached, position, what.forgot)));
            boolean runs = moment.replaysFrom(destroyedAt);
            words.add(new Word(
                    "replays", !runs, runs ? "one that began before still runs" : "none is left that began before"));
        });
        return words;
    }

    private static Word of(KeyHolder node, long epoch) {
        String how = node.epoch() >= epoch
                ? "dropped what it had unwrapped"
                : node.silent() ? "silent for longer than a key lives in memory" : "has not answered yet";
        return new Word("node/" + node.node(), node.dropped(epoch), how);
    }

    private static Word reached(String store, long reached, long position, String done) {
        return reached >= position
                ? new Word(store, true, done)
                : new Word(store, false, "at position " + reached + " of " + position);
    }
}
