package io.byok.query.replay;

import io.byok.platform.event.EventSealing;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Projector;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Replays as the server runs them, without its journal. */
public final class BenchReplays {

    private BenchReplays() {}

    /**
     * How long one took.
     *
     * @param replay seconds from the first event read to the last one written, ready to be compared
     * @param whole seconds with the digests of both sides, their comparison and, when rebuilding, the swap
     * @param equal whether live and replayed were
     */
    public record Took(double replay, double whole, boolean equal) {}

    /** @param rebuild puts the outcome in the place of the live read models */
    public static Took run(DataSource database, EventSealing sealing, List<Projector> projectors, boolean rebuild) {
        DSLContext live = DSL.using(database, SQLDialect.POSTGRES);
        Watch watch = new Watch();
        long begin = System.nanoTime();
        new Replay(live, new EventLog(database), new EventOpener(sealing), projectors, watch)
                .run(Shadow.nextGeneration(live), rebuild ? ReplayMode.REBUILD : ReplayMode.VERIFY);
        return new Took((watch.done - watch.begun) / 1e9, (System.nanoTime() - begin) / 1e9, watch.equal);
    }

    private static final class Watch implements ReplayProgress {
        private long begun;
        private long done;
        private boolean equal;

        @Override
        public void begins(long total, long position) {
            begun = System.nanoTime();
        }

        @Override
        public void processed(long events) {
            done = System.nanoTime();
        }

        @Override
        public void compared(Map<String, ReplayView.Digest> digests, List<Difference> differences, List<Days> days) {
            equal = digests.values().stream().allMatch(ReplayView.Digest::equal);
        }
    }
}
