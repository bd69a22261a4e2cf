package io.byok.command.trail;

import io.byok.command.head.SubjectDirectory;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.trail.TrailEvent.CommandRefused;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes refusals to the log, on threads of its own: whoever was refused waits for nothing. */
final class RefusalLog implements Consumer<RefusedCommands.Refused>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final TrailLog log;
    private final SubjectDirectory subjects;
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

    RefusalLog(TrailLog log, SubjectDirectory subjects) {
        this.log = log;
        this.subjects = subjects;
    }

    @Override
    public void accept(RefusedCommands.Refused refused) {
        try {
            writers.execute(() -> {
                try {
                    write(refused);
                } catch (RuntimeException failed) {
                    missing(refused, failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            missing(refused, closed);
        }
    }

    /** They were refused all the same; this is what is left to tell of them. */
    private static void missing(RefusedCommands.Refused refused, RuntimeException why) {
        LOG.warn(
                "{} refused commands ({}) are not in the audit trail: {}",
                refused.times(),
                refused.kind().code(),
                why.getClass().getSimpleName());
    }

    private void write(RefusedCommands.Refused refused) {
        RefusedCommands.Kind kind = refused.kind();
        SubjectId subject = kind.userId() == null
                ? null
                : subjects.find(refused.tenant(), kind.userId()).orElse(null);
        CommandRefused event = new CommandRefused(
                kind.operation(), kind.code(), kind.key(), subject, refused.times(), refused.first(), refused.at());
        log.write(refused.tenant(), new Provenance(kind.actor(), refused.requestId()), event, List.of());
    }

    /** Returns when everything is written that was to be. */
    @Override
    public void close() {
        writers.close();
    }
}
