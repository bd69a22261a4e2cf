package io.byok.platform.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.byok.kernel.audit.Checkpoint;
import io.byok.platform.access.TokenText;
import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Unproved;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Parsers of bytes that others can write: whatever comes, they answer or refuse in their one way. In a build the seeds are
 * tried; {@code JAZZER_FUZZ=1} with one method searches on (see CONTRIBUTING.md).
 */
class ParserFuzzTest {

    private static final byte[] PLAINTEXT = Samples.counting(0x20, 40);

    @FuzzTest
    void sealedMessage(byte[] sealed) {
        try (SealingKey key = Samples.key()) {
            // The one message that opens is the one that was sealed.
            assertThat(Suite1.open(key, Samples.secret(), sealed)).isEqualTo(PLAINTEXT);
        } catch (SealBroken refused) {
            assertThat(refused.getMessage()).isEqualTo("the seal does not hold");
        }
    }

    @FuzzTest
    void wrappedKey(byte[] wrapped) {
        LocalRoot.Keep none = new LocalRoot.Keep() {
            @Override
            public TreeMap<Integer, SealingKey> read() {
                return new TreeMap<>();
            }

            @Override
            public int add() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void drop(int version) {
                throw new UnsupportedOperationException();
            }
        };
        TreeMap<Integer, SealingKey> versions = new TreeMap<>();
        versions.put(2, Samples.key());
        BoundRoot root = new BoundRoot(new LocalRoot("fuzz", new UUID(1, 2), versions, none));
        try {
            assertThat(root.unwrap(new WrappedKek(2, wrapped), Samples.wrappedKey()))
                    .as("nobody wrapped this")
                    .isNull();
        } catch (SealBroken refused) {
            assertThat(refused.getMessage()).isEqualTo("the seal does not hold");
        }
    }

    /** With the right hash behind it, or nothing but the hash would be tried. */
    @FuzzTest
    void keyringFile(byte[] content) {
        byte[] file =
                KeyringFormat.hashed(ByteBuffer.allocate(content.length + 32).put(content));
        try {
            KeyringFormat.read(file, null).forEach(entry -> {
                assertThat(entry.key().version()).isPositive();
                entry.key().close();
            });
        } catch (KeyRefused refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
        }
        try {
            KeyringFormat.read(content, null);
        } catch (KeyRefused refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
        }
    }

    @FuzzTest
    void noteKey(byte[] text) {
        NoteKey.parse(new String(text, UTF_8))
                .ifPresent(key -> assertThat(key.publicKey()).hasSize(32));
    }

    @FuzzTest
    void signedNote(byte[] note) {
        NoteKey key = NoteKey.ed25519("byok", Arrays.copyOf(new byte[] {1}, 32));
        assertThat(SignedNote.open(new String(note, UTF_8), key)).isEmpty();
    }

    @FuzzTest
    void checkpoint(byte[] text) {
        Checkpoint.parse(new String(text, UTF_8))
                .ifPresent(read -> assertThat(Checkpoint.parse(read.text()))
                        .hasValueSatisfying(again -> assertThat(again.text()).isEqualTo(read.text())));
    }

    @FuzzTest
    void token(byte[] presented) {
        String text = new String(presented, UTF_8);
        TokenText.parse(text)
                .ifPresent(bytes -> assertThat(new String(bytes, UTF_8)).isEqualTo(text));
        TokenText.isWellFormed(presented);
    }

    @FuzzTest
    void exportBundle(byte[] export) throws IOException {
        NoteKey key = NoteKey.ed25519("byok", Arrays.copyOf(new byte[] {1}, 32));
        try {
            BundleVerifier.verify(new ByteArrayInputStream(export), key, null);
            throw new AssertionError("nobody signed this");
        } catch (Unproved refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
