package io.byok.command.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.SealedEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyRecordsTest {

    private record Remembering(List<Row<?>> rows) implements Entry {

        @Override
        public List<SealedEvent> events() {
            return List.of();
        }
    }

    @Test
    void a_request_is_remembered_for_a_day_and_no_longer(@TempDir Path data) {
        TenantId tenant = new TenantId(new UUID(0, 7));
        byte[] key = new byte[32];
        try (CommandSideFixture side = new CommandSideFixture(CommandSideFixture.freshDatabase(), data)) {
            IdempotencyRecords now = side.get(IdempotencyRecords.class);
            IdempotencyRecord record =
                    new IdempotencyRecord(tenant, key, new byte[32], StreamId.of(tenant), 0, 0, () -> null);
            side.get(Appender.class).append(new Remembering(List.of(new Row<>(now, record))));
            assertThat(now.find(tenant, key)).isPresent();

            IdempotencyRecords soon = later(side, IdempotencyRecords.REMEMBERED.minusMinutes(5));
            assertThat(soon.forgetOld()).isZero();
            IdempotencyRecords tomorrow = later(side, IdempotencyRecords.REMEMBERED.plusMinutes(5));
            assertThat(tomorrow.forgetOld()).isOne();
            assertThat(now.find(tenant, key)).isEmpty();
        }
    }

    private static IdempotencyRecords later(CommandSideFixture side, Duration by) {
        return new IdempotencyRecords(side.get(DSLContext.class), Clock.offset(Clock.systemUTC(), by));
    }
}
