package io.byok.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.SampleHistory;
import io.byok.query.key.KeyController;
import io.byok.query.key.KeyReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

class MinPositionTest {

    private static MockMvc api(Ledger ledger, Applied applied) {
        KeyReader reader = new KeyReader(ledger.jooq(), InstantSource.system(), Duration.ofDays(90));
        return ReadApi.of(new KeyController(reader, ReadApi.cursors(ledger)), new MinPosition(applied));
    }

    private static MockHttpServletResponse get(MockMvc api, TenantId tenant, String position) {
        try {
            return api.perform(MockMvcRequestBuilders.get("/v1/keys")
                            .header(ReadApi.TENANT, tenant.text())
                            .header("Byok-Min-Position", position))
                    .andReturn()
                    .getResponse();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_read_waits_for_the_position_it_names() throws Exception {
        try (Ledger ledger = new Ledger()) {
            SampleHistory history = new SampleHistory(ledger, 1);
            SampleHistory.Key key = history.addKey(history.addUser());
            // This node feeds nothing: it sees by the stored position what another one does.
            Applied applied = new Applied(() -> Places.reachedByAll(ledger.jooq(), 0));
            MockMvc api = api(ledger, applied);
            CompletableFuture<MockHttpServletResponse> waiting =
                    CompletableFuture.supplyAsync(() -> get(api, key.tenant, Long.toString(ledger.end())));
            try (RunningFeed feed = new RunningFeed(ledger)) {
                ledger.publish(ledger.history());
                feed.reaches(ledger.end());
                MockHttpServletResponse here =
                        get(api(ledger, feed.applied()), key.tenant, Long.toString(ledger.end()));
                assertThat(here.getContentAsString()).contains(key.id.text());
            }
            MockHttpServletResponse first = waiting.get(30, TimeUnit.SECONDS);
            // A slow machine may need longer than a read is willing to wait; then it says so, and the next one has it.
            MockHttpServletResponse there =
                    first.getStatus() == 503 ? get(api, key.tenant, Long.toString(ledger.end())) : first;
            assertThat(there.getStatus()).isEqualTo(200);
            assertThat(there.getContentAsString()).contains(key.id.text());
        }
    }

    @Test
    void a_position_that_is_not_reached_in_time_is_told_to_come_again() {
        try (Ledger ledger = new Ledger()) {
            MockHttpServletResponse answer =
                    get(api(ledger, new Applied(() -> 41)), new TenantId(new UUID(1, 1)), "42");
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void what_is_no_position_is_refused() throws Exception {
        try (Ledger ledger = new Ledger()) {
            MockMvc api = api(ledger, new Applied(() -> Long.MAX_VALUE));
            TenantId tenant = new TenantId(new UUID(1, 1));
            for (String wrong : List.of("", "-1", "1.5", "x", "9223372036854775808", "1".repeat(1_000), "٣")) {
                MockHttpServletResponse answer = get(api, tenant, wrong);
                assertThat(answer.getStatus()).as(wrong).isEqualTo(400);
                assertThat(answer.getContentAsString()).isEqualTo("position-invalid");
            }
            assertThat(get(api, tenant, "9223372036854775807").getStatus()).isEqualTo(200);
            assertThat(get(api, tenant, "0").getStatus()).isEqualTo(200);
        }
    }
}
