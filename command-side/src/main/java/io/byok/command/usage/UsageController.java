package io.byok.command.usage;

import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.Once;
import io.byok.command.store.Appended;
import io.byok.command.store.Appender;
import io.byok.command.store.Row;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.usage.UsageRecord;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.json.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes usage reports. A report is taken whole or not at all. */
@RestController
public class UsageController {

    private final UsageBatches batches;
    private final SubjectDirectory subjects;
    private final KeyHeads heads;
    private final Appender appender;
    private final Once once;
    private final IdempotencyRecords idempotency;
    private final Clock clock;

    UsageController(
            UsageBatches batches,
            SubjectDirectory subjects,
            KeyHeads heads,
            Appender appender,
            Once once,
            IdempotencyRecords idempotency,
            Clock clock) {
        this.batches = batches;
        this.subjects = subjects;
        this.heads = heads;
        this.appender = appender;
        this.once = once;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** How many of the records are new, and how many were counted before. */
    public record UsageAnswer(long accepted, long duplicates) {}

    @PostMapping("/v1/usage")
    @Answers(
            value = 202,
            body = UsageAnswer.class,
            once = true,
            problems = {404, 410})
    @Confines
    @RequiresScope(Scopes.USAGE_WRITE)
    public ResponseEntity<Object> report(Caller caller, HttpServletRequest request, @RequestBody UsageBody body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<UsageRecord> records = read(caller, body, now);
        return once.run(caller, request, remember -> take(caller, body, records, now, remember), this::again);
    }

    private List<UsageRecord> read(Caller caller, UsageBody body, Instant now) {
        if (body.records().isEmpty() || body.records().size() > UsageIntake.MOST_RECORDS) {
            throw new BadRequest(
                    "field-invalid", "/records", "A report has 1 to " + UsageIntake.MOST_RECORDS + " records.");
        }
        List<FieldProblem> problems = new ArrayList<>();
        UsageIntake intake = new UsageIntake(problems, now);
        List<UsageRecord> records = new ArrayList<>();
        for (int i = 0; i < body.records().size(); i++) {
            records.add(intake.read(i, body.records().get(i)));
        }
        Set<KeyId> named = new HashSet<>();
        records.stream().map(UsageRecord::key).filter(Objects::nonNull).forEach(named::add);
        Set<KeyId> known = heads.known(caller.tenant(), named);
        for (int i = 0; i < records.size(); i++) {
            KeyId key = records.get(i).key();
            if (key != null && !(known.contains(key) && reaches(caller, key))) {
                problems.add(new FieldProblem("/records/" + i + "/keyId", "There is no such key."));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        records.stream().map(UsageRecord::provider).distinct().forEach(caller::mustReach);
        body.records().stream()
                .map(UsageBody.RecordBody::userId)
                .distinct()
                .forEach(user -> subjects.mustReach(caller, user));
        return records;
    }

    private boolean reaches(Caller caller, KeyId key) {
        return !caller.within().concernsData() || heads.find(caller, key.text()).isPresent();
    }

    private CommandAnswer take(
            Caller caller,
            UsageBody body,
            List<UsageRecord> records,
            Instant now,
            Optional<IdempotencyRecord> remember) {
        Map<String, SubjectId> known = new HashMap<>();
        List<UsageBatch.Reported> reported = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            String userId = body.records().get(i).userId();
            SubjectId subject = known.computeIfAbsent(
                    userId, user -> subjects.findOrRegister(caller.tenant(), user, caller.provenance()));
            reported.add(batches.reported(caller.tenant(), userId, subject, records.get(i)));
        }
        UsageBatch batch = batches.of(caller, reported, now);
        remember.ifPresent(record -> batch.alongside(new Row<>(
                idempotency, record.answering(() -> StrictJson.mapper().writeValueAsString(answer(batch))))));
        Appended appended = appender.append(batch);
        return CommandAnswer.accepted(appended.lastPosition(), answer(batch));
    }

    private static UsageAnswer answer(UsageBatch batch) {
        return new UsageAnswer(batch.accepted(), batch.duplicates());
    }

    private CommandAnswer again(IdempotencyRecord remembered) {
        String answer = Objects.requireNonNull(remembered.answer().get(), "a report remembers its answer");
        return CommandAnswer.accepted(remembered.position(), StrictJson.mapper().readValue(answer, UsageAnswer.class));
    }
}
