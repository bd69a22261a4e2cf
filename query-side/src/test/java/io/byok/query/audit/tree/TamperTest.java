package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.audit.Unproved;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** P6: whatever is changed, somebody with an export and an older signed state finds it. */
class TamperTest {

    private static final int ROUNDS = Integer.getInteger("byok.tamperings", 100);
    private static final List<Table<?>> TABLES = List.of(AUDIT_LEAF, AUDIT_TILE, AUDIT_LOG, AUDIT_CHECKPOINT);

    private static SignedLedger log;

    @BeforeAll
    static void begin() {
        log = new SignedLedger(11)
                .grow(250, 20)
                .sign()
                .grow(150, 500)
                .sign()
                .grow(200, 40)
                .sign();
        DSLContext view = log.ledger.jooq();
        view.execute("create schema kept");
        TABLES.forEach(table -> view.execute("create table {0} as table {1}", kept(table), table));
    }

    @AfterAll
    static void end() {
        log.close();
    }

    private static Table<?> kept(Table<?> table) {
        return DSL.table(DSL.name("kept", table.getName()));
    }

    @AfterEach
    void putBack() {
        log.ledger
                .jooq()
                .transaction(transaction -> TABLES.forEach(table -> {
                    transaction.dsl().execute("delete from {0}", table);
                    transaction.dsl().execute("insert into {0} table {1}", table, kept(table));
                }));
    }

    @Test
    void every_tampering_is_found_with_the_first_leaf_that_is_wrong() {
        Random random = new Random(ROUNDS);
        Map<Tampering, Integer> found = new EnumMap<>(Tampering.class);
        for (int round = 0; round < ROUNDS; round++) {
            TenantId tenant = log.history
                    .tenants()
                    .get(random.nextInt(log.history.tenants().size()));
            AuditCheckpointRecord newest =
                    log.checkpoints.newest(tenant.value()).orElseThrow();
            if (newest.getSize() < 2) {
                continue;
            }
            Tampering tampering = Tampering.values()[round % Tampering.values().length];
            assertThat(log.fault(tenant, newest.getNote())).as("untouched").isEmpty();
            long first = tampering.apply(log.ledger.jooq(), tenant.value(), newest.getSize(), random);
            Optional<Unproved> fault = log.fault(tenant, newest.getNote());
            assertThat(fault).as("%s, round %d", tampering, round).isPresent();
            assertThat(fault.orElseThrow().kind()).isEqualTo(Unproved.Kind.FALSE);
            assertThat(fault.orElseThrow().leaf())
                    .as(
                            "%s, round %d: %s",
                            tampering, round, fault.orElseThrow().getMessage())
                    .isEqualTo(first < 0 ? null : Long.valueOf(first));
            found.merge(tampering, 1, Integer::sum);
            putBack();
        }
        assertThat(found).containsOnlyKeys(Tampering.values());
    }

    @Test
    void a_leaf_that_was_changed_together_with_its_hash_is_found_between_two_signed_states() {
        UUID tenant = log.tenant().value();
        DSLContext view = log.ledger.jooq();
        long size = log.checkpoints.newest(tenant).orElseThrow().getSize();
        Tampering.BYTE_OF_A_LEAF.apply(view, tenant, size, new Random(1));
        log.ledger
                .jooq()
                .update(AUDIT_TILE)
                .set(AUDIT_TILE.HASHES, rehashed(tenant))
                .where(AUDIT_TILE.TENANT.eq(tenant))
                .and(AUDIT_TILE.LEVEL.eq((short) 0))
                .and(AUDIT_TILE.INDEX.eq(0L))
                .execute();
        Unproved fault = log.fault(log.tenant(), null).orElseThrow();
        assertThat(fault.kind()).isEqualTo(Unproved.Kind.FALSE);
        assertThat(fault).hasMessageMatching("(?s)the leaves from \\d+ to \\d+ are not those.*|leaf \\d+: .*");
        putBack();
    }

    private static byte[] rehashed(UUID tenant) {
        MerkleHash hash = new MerkleHash();
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        log.ledger
                .jooq()
                .select(AUDIT_LEAF.LEAF)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(tenant))
                .and(AUDIT_LEAF.INDEX.lt(256L))
                .orderBy(AUDIT_LEAF.INDEX)
                .forEach(row -> tile.writeBytes(hash.leaf(row.value1())));
        return tile.toByteArray();
    }

    @Test
    void a_tree_that_does_not_continue_what_was_signed_is_never_signed() {
        UUID tenant = log.tenant().value();
        DSLContext view = log.ledger.jooq();
        AuditCheckpointRecord newest = log.checkpoints.newest(tenant).orElseThrow();
        // The whole tree is made again, without the first leaf and with one more at the end: sound in itself.
        view.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            List<byte[]> hashes = inside.select(AUDIT_LEAF.LEAF)
                    .from(AUDIT_LEAF)
                    .where(AUDIT_LEAF.TENANT.eq(tenant))
                    .orderBy(AUDIT_LEAF.INDEX.desc())
                    .fetch(row -> new MerkleHash().leaf(row.value1()));
            hashes.add(hashes.getFirst());
            inside.deleteFrom(AUDIT_TILE).where(AUDIT_TILE.TENANT.eq(tenant)).execute();
            inside.deleteFrom(AUDIT_LOG).where(AUDIT_LOG.TENANT.eq(tenant)).execute();
            new Trees(inside, new MerkleHash()).append(Map.of(tenant, hashes));
        });
        assertThatThrownBy(() -> log.signing.sign(tenant))
                .isInstanceOf(Inconsistent.class)
                .hasMessageContaining("it does not continue the state that was signed at " + newest.getSize());
        view.deleteFrom(AUDIT_TILE)
                .where(AUDIT_TILE.TENANT.eq(tenant))
                .and(AUDIT_TILE.LEVEL.eq((short) 0))
                .execute();
        assertThatThrownBy(() -> log.signing.sign(tenant)).isInstanceOf(Inconsistent.class);
        assertThat(log.checkpoints.newest(tenant).orElseThrow().getSize()).isEqualTo(newest.getSize());
        putBack();
        assertThat(log.signing.sign(tenant)).as("nothing is new").isEmpty();
    }
}
