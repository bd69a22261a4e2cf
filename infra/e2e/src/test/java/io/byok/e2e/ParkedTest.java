package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the read models could not take, as the operator meets it. */
class ParkedTest {

    private static final String PARKED = "/v1/platform/parked";

    private final Api operator = SharedServer.control();

    @AfterEach
    void nothing_is_parked() {
        SharedServer.DATABASE.change("delete from view.parked where reason = 'for this test'");
    }

    private static String parked() {
        SharedServer.DATABASE.change("insert into view.parked (projection, lane, kafka_offset, reason)"
                + " values ('keys', 0, 7, 'for this test')");
        return SharedServer.DATABASE
                .rows("select max(id) from view.parked where reason = 'for this test'")
                .getFirst();
    }

    @Test
    void what_is_parked_is_listed_and_given_up_with_a_reason_and_who_did_it_is_in_the_audit() {
        String id = parked();
        assertThat(operator.get(PARKED).expect(200).text()).contains("for this test");
        operator.post(PARKED + "/" + id + "/retry").expect(409, "parked-not-an-event");
        operator.post(PARKED + "/" + id + "/discard", "{\"reason\":\"a\\nb\"}").expect(422, "field-invalid");
        Answer given = operator.post(PARKED + "/" + id + "/discard", "{\"reason\":\"noise, case 17\"}")
                .expect(200);
        assertThat(given.string("/discarded/reason")).isEqualTo("noise, case 17");
        operator.post(PARKED + "/" + id + "/discard", "{\"reason\":\"again\"}").expect(409, "parked-discarded");
        Eventually.get(
                Duration.ofSeconds(20),
                () -> operator.get("/v1/audit/events?action=audit-read&limit=100")
                        .text(),
                trail -> trail.contains("POST /v1/platform/parked/{id}/discard"));
    }

    @Test
    void what_is_not_there_is_not_found() {
        operator.post(PARKED + "/999999999/retry").expect(404, "parked-not-found");
        operator.post(PARKED + "/x/retry").expect(404, "parked-not-found");
    }
}
