package io.byok.platform.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final Instant EXPIRY = Instant.parse("2026-06-01T00:00:00Z");

    private final Map<TokenHash, VerifiedToken> rows = new ConcurrentHashMap<>();
    private final Map<TokenId, VerifiedToken> parents = new ConcurrentHashMap<>();
    private final WidgetTokens widgets = new WidgetTokens(TokenVerifierTest::sealed);
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile Instant now = EXPIRY.minusSeconds(60);
    private volatile Runnable beforeLookup = () -> {};
    private final TokenVerifier verifier = new TokenVerifier(
            TokenVerifierTest::hash,
            widgets,
            this::look,
            id -> Optional.ofNullable(parents.get(id)),
            tenant -> Optional.empty(),
            () -> now,
            nanos::get);

    @AfterEach
    void close() {
        verifier.close();
    }

    private Optional<VerifiedToken> look(TokenHash hash) {
        lookups.incrementAndGet();
        Optional<VerifiedToken> row = Optional.ofNullable(rows.get(hash));
        beforeLookup.run();
        return row;
    }

    private static byte[] sealed(byte[] claims) {
        byte[] keyed = Arrays.copyOf(claims, claims.length + 1);
        keyed[claims.length] = 'k';
        return hash(keyed);
    }

    private static byte[] hash(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tokens that differ in the last four of their random bytes only. */
    private static byte[] token(int number) {
        byte[] random = new byte[TokenText.RANDOM_BYTES];
        ByteBuffer.wrap(random).putInt(TokenText.RANDOM_BYTES - Integer.BYTES, number);
        return TokenText.make("live", random);
    }

    private VerifiedToken add(int number) {
        UUID id = new UUID(7, number);
        VerifiedToken row = new VerifiedToken(new TenantId(id), new TokenId(id), Set.of("keys:read"), EXPIRY);
        rows.put(new TokenHash(hash(token(number))), row);
        return row;
    }

    @Test
    void an_answer_is_reused_for_less_than_a_second_and_then_asked_for_again() {
        add(1);
        verifier.verify(token(1));
        rows.clear();

        nanos.addAndGet(TokenVerifier.MAX_AGE.toNanos() - 1);
        assertThat(verifier.verify(token(1))).isPresent();
        nanos.addAndGet(1);
        assertThat(verifier.verify(token(1))).isEmpty();
        assertThat(lookups).hasValue(2);
        assertThat(TokenVerifier.MAX_AGE).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void a_slow_lookup_makes_the_answer_older_and_not_younger() {
        add(1);
        beforeLookup = () -> nanos.addAndGet(TokenVerifier.MAX_AGE.toNanos());
        verifier.verify(token(1)); // read before the revocation, arrives when it is over
        rows.clear();

        assertThat(verifier.verify(token(1))).isEmpty();
    }

    @Test
    void expiry_is_checked_at_every_use_of_a_cached_answer() {
        add(1);
        assertThat(verifier.verify(token(1))).isPresent();

        now = EXPIRY;

        assertThat(verifier.verify(token(1))).isEmpty();
        assertThat(lookups).hasValue(1);
    }

    @Test
    void a_failure_to_ask_is_no_answer_and_is_not_remembered() {
        add(1);
        beforeLookup = () -> {
            throw new IllegalStateException("away");
        };
        assertThatThrownBy(() -> verifier.verify(token(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("away");

        beforeLookup = () -> {};

        assertThat(verifier.verify(token(1))).isPresent();
    }

    @Test
    void what_is_no_token_is_refused_without_asking() {
        byte[] wrong = token(1);
        wrong[20] ^= 1;

        assertThat(verifier.verify(wrong)).isEmpty();
        assertThat(verifier.verify("".getBytes(US_ASCII))).isEmpty();
        assertThat(lookups).hasValue(0);
    }

    @Test
    void an_unknown_token_is_remembered_briefly_and_served_soon_after_it_was_made() {
        assertThat(verifier.verify(token(1))).isEmpty();
        assertThat(verifier.verify(token(1))).isEmpty();
        assertThat(lookups).hasValue(1);
        add(1);

        nanos.addAndGet(Duration.ofMillis(250).toNanos());

        assertThat(verifier.verify(token(1))).isPresent();
    }

    @Test
    void many_callers_with_one_token_ask_once_and_wait_for_nobody_else() throws Exception {
        VerifiedToken expected = add(1);
        add(2);
        CountDownLatch hold = new CountDownLatch(1);
        beforeLookup = () -> {
            if (lookups.get() == 1) {
                await(hold);
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = verifier.recogniseLater(token(1));
            while (lookups.get() == 0) {
                Thread.onSpinWait();
            }
            var callers = IntStream.range(0, 200)
                    .mapToObj(_ -> threads.submit(() -> verifier.verify(token(1))))
                    .toList();
            assertThat(verifier.verify(token(2))).isPresent(); // while the other lookup hangs
            assertThat(first).isNotDone();
            hold.countDown();
            for (Future<Optional<VerifiedToken>> caller : callers) {
                assertThat(caller.get()).contains(expected);
            }
        }
        assertThat(lookups).hasValue(2);
    }

    private WidgetTokens.Claims widget(VerifiedToken maker) {
        parents.put(maker.tokenId(), maker);
        return new WidgetTokens.Claims(
                maker.tenant(),
                new TokenId(new UUID(8, 8)),
                maker.tokenId(),
                new SubjectId(new UUID(9, 9)),
                Set.of("keys:read", "keys:write"),
                EXPIRY.minusSeconds(30));
    }

    @Test
    void a_widgets_token_opens_its_users_affairs_only_and_no_more_than_its_maker() {
        WidgetTokens.Claims claims = widget(add(1)); // whose scope is keys:read
        VerifiedToken is = verifier.verify(widgets.make(claims)).orElseThrow();
        assertThat(is.scopes()).containsExactly("keys:read");
        assertThat(is.within().users()).containsExactly(claims.user());
        assertThat(is.tokenId()).isEqualTo(claims.token());
        now = claims.expiresAt();
        assertThat(verifier.verify(widgets.make(claims))).isEmpty();
    }

    @Test
    void a_widgets_token_ends_with_its_maker() {
        VerifiedToken maker = add(1);
        WidgetTokens.Claims claims = widget(maker);
        assertThat(verifier.verify(widgets.make(claims))).isPresent();
        parents.put(
                maker.tokenId(),
                new VerifiedToken(
                        maker.tenant(), maker.tokenId(), maker.scopes(), null, Confinement.NONE, false, true));
        nanos.addAndGet(TokenVerifier.MAX_AGE.toNanos());
        assertThat(verifier.verify(widgets.make(claims))).isEmpty();
        parents.clear();
        nanos.addAndGet(TokenVerifier.MAX_AGE.toNanos());
        assertThat(verifier.verify(widgets.make(claims))).isEmpty();
    }

    @Test
    void a_widgets_token_with_any_bit_changed_opens_nothing() {
        byte[] text = widgets.make(widget(add(1)));
        assertThat(verifier.verify(text)).isPresent();
        for (int at = 0; at < text.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = text.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(verifier.verify(changed)).as("%d.%d", at, bit).isEmpty();
                assertThat(widgets.open(withChecksum(changed)))
                        .as("%d.%d", at, bit)
                        .satisfiesAnyOf(
                                opened -> assertThat(opened).isEmpty(),
                                opened ->
                                        assertThat(withChecksum(changed)).isEqualTo(text)); // only its checksum was hit
            }
        }
    }

    /** As an attacker would mend it: anybody can. */
    private static byte[] withChecksum(byte[] text) {
        CRC32 crc = new CRC32();
        crc.update(text, 0, text.length - 8);
        byte[] mended = text.clone();
        System.arraycopy(String.format("%08x", crc.getValue()).getBytes(US_ASCII), 0, mended, text.length - 8, 8);
        return mended;
    }

    @Test
    void a_widget_can_hold_no_scope_that_hands_out_erases_or_makes_tokens() {
        VerifiedToken maker = add(1);
        for (String never : List.of("keys:resolve", "users:erase", "tokens:write", "tenants:write", "audit:read")) {
            assertThatThrownBy(() -> new WidgetTokens.Claims(
                            maker.tenant(),
                            maker.tokenId(),
                            maker.tokenId(),
                            new SubjectId(new UUID(9, 9)),
                            Set.of(never),
                            EXPIRY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_hundred_thousand_tokens_with_a_common_beginning_never_cross() {
        int many = 100_000;
        for (int i = 0; i < many; i++) {
            add(i);
        }
        for (int round = 0; round < 2; round++) {
            assertThat(IntStream.range(0, many).parallel().filter(i -> !isOwn(i)))
                    .isEmpty();
        }
        assertThat(IntStream.range(many, many + 20_000)
                        .filter(i -> verifier.verify(token(i)).isPresent()))
                .isEmpty();
        assertThat(verifier.verify(token(5))).map(VerifiedToken::tokenId).contains(new TokenId(new UUID(7, 5)));
    }

    private boolean isOwn(int number) {
        UUID own = new UUID(7, number);
        return verifier.verify(token(number))
                .filter(token -> token.tokenId().value().equals(own))
                .isPresent();
    }

    @Test
    void the_presented_bytes_are_neither_kept_nor_changed() {
        add(1);
        byte[] presented = token(1);
        byte[] copy = presented.clone();

        verifier.verify(presented);
        assertThat(presented).isEqualTo(copy);
        Arrays.fill(presented, (byte) 0);

        assertThat(verifier.verify(copy)).isPresent();
    }
}
