package io.byok.query.key;

import io.byok.kernel.validation.ValidationEvent;
import io.byok.kernel.validation.ValidationEvent.KeyValidated;
import io.byok.query.feed.Batch;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.KeyHealthRecord;
import io.byok.query.jooq.tables.records.KeyValidationRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/** What providers said in a batch: each answer, and the last one of each key. */
final class HealthFold {

    private final Map<UUID, KeyHealthRecord> last = new LinkedHashMap<>();
    private final List<KeyValidationRecord> all = new ArrayList<>();

    static HealthFold of(Batch batch) {
        HealthFold fold = new HealthFold();
        batch.eachAt(ValidationEvent.class, (position, envelope, event) -> {
            switch (event) {
                case KeyValidated validated ->
                    fold.add(position, envelope.tenant().value(), validated);
                case ValidationEvent.KeyDue _ -> {}
            }
        });
        return fold;
    }

    Collection<KeyHealthRecord> last() {
        return last.values();
    }

    Collection<KeyValidationRecord> all() {
        return all;
    }

    private void add(long position, UUID tenant, KeyValidated event) {
        KeyHealthRecord health = new KeyHealthRecord();
        health.setKey(event.key().value());
        health.setTenant(tenant);
        health.setVersion(event.version());
        health.setState(event.state());
        health.setScore((short) event.score());
        health.setMessage(event.message());
        health.setCheckedAt(Rows.utc(event.at()));
        last.put(event.key().value(), health);

        KeyValidationRecord one = new KeyValidationRecord();
        one.setKey(event.key().value());
        one.setPosition(position);
        one.setTenant(tenant);
        one.setVersion(event.version());
        one.setState(event.state());
        one.setScore((short) event.score());
        one.setMessage(event.message());
        one.setLacks(JSONB.valueOf(JsonMapper.shared().writeValueAsString(event.lacks())));
        one.setOccasion(event.occasion());
        one.setCalled(event.called());
        one.setTookMillis(event.tookMillis());
        one.setAt(Rows.utc(event.at()));
        all.add(one);
    }
}
