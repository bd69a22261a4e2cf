package io.byok.query.replay;

import java.util.List;
import java.util.Map;

/** Is told how a replay gets on. */
interface ReplayProgress {

    /** How many events there are to replay, up to which position. */
    void begins(long total, long position);

    /**
     * So many events are replayed.
     *
     * @throws ReplayInterrupted when it is to end here
     */
    void processed(long events);

    /** The digests of the same position, live and replayed, by table, and by day where there are such. */
    void compared(Map<String, ReplayView.Digest> digests, List<Difference> differences, List<Days> days);
}
