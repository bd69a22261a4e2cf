package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AadTest {

    private static final UUID OTHER = new UUID(9, 9);
    private static final StreamId STREAM = StreamId.of(Samples.KEY);

    @Test
    void moving_sealed_bytes_by_any_one_field_breaks_the_seal() {
        List<Aad> events = List.of(
                Samples.event(),
                Aad.event(new TenantId(OTHER), Samples.SUBJECT, STREAM, 7, Samples.EVENT, "key-added", 1),
                Aad.event(Samples.TENANT, new SubjectId(OTHER), STREAM, 7, Samples.EVENT, "key-added", 1),
                Aad.event(Samples.TENANT, null, STREAM, 7, Samples.EVENT, "key-added", 1),
                Aad.event(
                        Samples.TENANT,
                        Samples.SUBJECT,
                        StreamId.of(new KeyId(OTHER)),
                        7,
                        Samples.EVENT,
                        "key-added",
                        1),
                Aad.event(
                        Samples.TENANT,
                        Samples.SUBJECT,
                        new StreamId(StreamType.USE, STREAM.value()),
                        7,
                        Samples.EVENT,
                        "key-added",
                        1),
                Aad.event(Samples.TENANT, Samples.SUBJECT, STREAM, 8, Samples.EVENT, "key-added", 1),
                Aad.event(Samples.TENANT, Samples.SUBJECT, STREAM, 7, OTHER, "key-added", 1),
                Aad.event(Samples.TENANT, Samples.SUBJECT, STREAM, 7, Samples.EVENT, "key-adde", 1),
                Aad.event(Samples.TENANT, Samples.SUBJECT, STREAM, 7, Samples.EVENT, "key-added", 2),
                Samples.secret(),
                Aad.secret(new TenantId(OTHER), Samples.SUBJECT, Samples.KEY, 3, "apiKey"),
                Aad.secret(Samples.TENANT, new SubjectId(OTHER), Samples.KEY, 3, "apiKey"),
                Aad.secret(Samples.TENANT, Samples.SUBJECT, new KeyId(OTHER), 3, "apiKey"),
                Aad.secret(Samples.TENANT, Samples.SUBJECT, Samples.KEY, 4, "apiKey"),
                Aad.secret(Samples.TENANT, Samples.SUBJECT, Samples.KEY, 3, "apiKey2"),
                Samples.wrappedKey(),
                Aad.wrappedKey(
                        new TenantId(OTHER), Samples.EVENT, 2, Samples.DATA_KEY, 1, "subject", Samples.SUBJECT.value()),
                Aad.wrappedKey(Samples.TENANT, OTHER, 2, Samples.DATA_KEY, 1, "subject", Samples.SUBJECT.value()),
                Aad.wrappedKey(
                        Samples.TENANT, Samples.EVENT, 3, Samples.DATA_KEY, 1, "subject", Samples.SUBJECT.value()),
                Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, OTHER, 1, "subject", Samples.SUBJECT.value()),
                Aad.wrappedKey(
                        Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 2, "subject", Samples.SUBJECT.value()),
                Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 1, "audit", Samples.SUBJECT.value()),
                Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 1, "subject", OTHER));
        SealingKey key = Samples.key();
        for (int from = 0; from < events.size(); from++) {
            byte[] sealed = Suite1.seal(key, events.get(from), new byte[10]);
            for (int to = 0; to < events.size(); to++) {
                Aad place = events.get(to);
                if (from == to) {
                    assertThat(Suite1.open(key, place, sealed)).hasSize(10);
                } else {
                    assertThatThrownBy(() -> Suite1.open(key, place, sealed)).isInstanceOf(SealBroken.class);
                }
            }
        }
    }

    @Test
    void fields_never_run_into_each_other() {
        assertThat(Fields.encode(Fields.text("ab"), Fields.text("c")))
                .isNotEqualTo(Fields.encode(Fields.text("a"), Fields.text("bc")));
        assertThat(Fields.encode(Fields.text("a"), new byte[0])).isNotEqualTo(Fields.encode(Fields.text("a")));
    }
}
