package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose key a pasted text is, over HTTP. */
class DetectTest {

    private final Api api = SharedServer.control();

    private Answer detect(String text) {
        return api.post("/v1/providers/detect", "{\"text\":\"" + text + "\"}").expect(200);
    }

    @Test
    void a_pasted_line_tells_its_provider_and_what_to_leave_out() {
        String key = Credentials.openai();
        Answer found = detect("export OPENAI_API_KEY=\\\"" + key + "\\\"\\n");
        assertThat(found.string("/candidates/0/provider")).isEqualTo("openai");
        assertThat(found.string("/candidates/0/field")).isEqualTo("apiKey");
        assertThat(found.each("/warnings", "code")).contains("white-space", "wrong-form");
        assertThat(found.text()).doesNotContain(key);
        assertThat(found.header("Cache-Control")).contains("no-store");
    }

    @Test
    void an_invisible_character_from_a_web_page_is_seen_through() {
        Answer found = detect("\\u200b" + Credentials.deepgram() + "\\u00a0");
        assertThat(found.each("/warnings", "code")).containsExactly("white-space");
    }

    @Test
    void a_key_that_can_never_call_a_model_is_warned_of_and_not_taken() {
        String admin = "sk-admin-" + "x".repeat(40);
        assertThat(detect(admin).each("/warnings", "code")).containsExactly("admin-key");
        Answer refused = api.post(Credentials.keysOf(Credentials.user()), Credentials.add("openai", admin))
                .expect(422);
        assertThat(refused.string("/errors/0/pointer")).isEqualTo("/credential/apiKey");
        assertThat(refused.string("/errors/0/message")).contains("admin key");
        assertThat(refused.text()).doesNotContain(admin);
    }

    @Test
    void what_is_no_text_is_refused_and_not_repeated() {
        Answer refused = api.post("/v1/providers/detect", "{\"text\":[\"sk-proj-secret\"]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.string("/errors/0/pointer")).isEqualTo("/text");
        assertThat(refused.text()).doesNotContain("sk-proj-secret");
        api.post("/v1/providers/detect", "{\"text\":\"\"}").expect(422);
        assertThat(detect("hello").at("/candidates").size()).isZero();
    }
}
