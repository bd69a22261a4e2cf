package io.byok.query.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a read model could not take: where it stands and why, never what it holds.
 *
 * @param id for retry and discard; another one after a rebuild
 * @param projection the read model
 * @param position in the log; absent, as all that follows from the event, for what is no event of ours
 * @param offset in the topic; absent when it came from the event store
 * @param stream its kind and id
 * @param event its name and revision
 * @param reason why, in one line; where another one is to blame, that it waits
 * @param since when it was parked
 */
public record ParkedView(
        String id,
        String projection,
        @Nullable Long position,
        @Nullable Long offset,
        @Nullable String tenantId,
        @Nullable String stream,
        @Nullable String event,
        String reason,
        Instant since,
        @Nullable Discarded discarded) {

    /** Who gave it up, when and why. */
    public record Discarded(Instant at, String by, String reason) {}

    /**
     * What became of a stream.
     *
     * @param applied events that the read model has now
     * @param waiting events that it still has not; the first of them says why
     */
    public record Retried(long applied, long waiting) {}

    /** @param reason why it is given up: 3 to 200 characters on one line, nothing secret */
    public record DiscardRequest(@Nullable String reason) {}
}
