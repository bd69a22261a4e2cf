package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedNoteTest {

    private static final String ROOT = "c2c95f1e8a4370b6d1f3097be5a82c46907d3e6fb1845a0c2fe9d763b04a81e5";
    private static final String TEXT = "format 1\nwho \"Ärztin — 1\"\n";

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform");
    private final PlatformSigner signer = signer(EnvironmentRoot.roots(ROOT));

    private PlatformSigner signer(Map<KeyChain, KekProvider> roots) {
        return new PlatformSigner(new Keyring(database.dataSource(), new TenantKeks(database.dataSource(), roots)));
    }

    @Test
    void what_one_node_signs_anybody_checks_with_the_key_in_its_text_form() {
        String note = signer.sign("byok-test", TEXT);
        NoteKey key = NoteKey.parse(
                        signer(EnvironmentRoot.roots(ROOT)).key("byok-test").text())
                .orElseThrow();
        assertThat(SignedNote.open(note, key)).contains(TEXT);
        assertThat(note).startsWith(TEXT + "\n— byok-test ").endsWith("\n");
    }

    @Test
    void no_changed_byte_passes() {
        String note = signer.sign("byok-test", TEXT);
        NoteKey key = signer.key("byok-test");
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << bit);
                String text = new String(changed, StandardCharsets.UTF_8);
                assertThat(SignedNote.open(text, key).filter(TEXT::equals).isPresent()
                                && !text.equals(note)
                                && !sameSignature(text, note))
                        .as("byte %s, bit %s", at, bit)
                        .isFalse();
                assertThat(SignedNote.open(text, key).filter(opened -> !opened.equals(TEXT)))
                        .as("byte %s, bit %s", at, bit)
                        .isEmpty();
            }
        }
    }

    /** The last digits of base64 may say the same in two ways. */
    private static boolean sameSignature(String a, String b) {
        return a.substring(0, a.length() - 4).equals(b.substring(0, b.length() - 4));
    }

    @Test
    void nothing_is_added_taken_away_or_signed_by_somebody_else() {
        String note = signer.sign("byok-test", TEXT);
        NoteKey key = signer.key("byok-test");
        for (String changed : new String[] {
            "more\n" + note,
            note + "more\n",
            note + "\n",
            note.substring(0, note.length() - 1),
            note.replace("\n\n— ", "\nmore\n\n— "),
            TEXT,
            "",
            "\n\n— byok-test x\n"
        }) {
            assertThat(SignedNote.open(changed, key)).as(changed).isEmpty();
        }
        assertThat(SignedNote.open(note, signer.key("another-name"))).isEmpty();
    }

    @Test
    void a_key_is_read_in_its_one_form_only() {
        String text = signer.key("byok-test").text();
        assertThat(NoteKey.parse(text + "\n")).isPresent();
        for (String wrong : new String[] {
            "",
            "byok-test",
            text.replace("byok-test", "byok-text"),
            text.substring(1),
            text + "A",
            text.replace('+', '-')
        }) {
            assertThat(NoteKey.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void a_node_that_only_reads_events_signs_nothing() {
        signer.key("byok-test");
        Map<KeyChain, KekProvider> events = new EnumMap<>(EnvironmentRoot.roots(ROOT));
        events.remove(KeyChain.CREDENTIALS);
        assertThatThrownBy(() -> signer(events).sign("byok-test", TEXT)).isInstanceOf(KeysUnavailable.class);
    }
}
