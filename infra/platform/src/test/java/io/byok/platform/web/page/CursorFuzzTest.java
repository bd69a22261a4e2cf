package io.byok.platform.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.byok.kernel.TenantId;
import io.byok.platform.web.BadRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** A cursor is text of the caller's choice: it opens when it was given out, and is refused in one way otherwise. */
class CursorFuzzTest {

    private static final byte[] TAG = "a hash that no one will guess..".getBytes(UTF_8);

    @FuzzTest
    void cursor(byte[] text) {
        Cursors cursors = new Cursors((_, _) -> TAG);
        Cursors.Scope scope = new Cursors.Scope(new TenantId(new UUID(1, 2)), "keys", List.of());
        String cursor = new String(text, UTF_8);
        try {
            ByteBuffer place = cursors.open(scope, cursor);
            byte[] bytes = new byte[place.remaining()];
            place.get(bytes);
            assertThat(cursors.seal(scope, bytes)).isEqualTo(cursor);
        } catch (BadRequest refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
