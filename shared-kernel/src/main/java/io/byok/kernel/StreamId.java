package io.byok.kernel;

import java.util.UUID;

/** Names a stream: one aggregate's history, or one segment of records that belong to no aggregate. */
public record StreamId(StreamType type, UUID value) {

    public static StreamId of(KeyId key) {
        return new StreamId(StreamType.KEY, key.value());
    }

    public static StreamId of(SubjectId subject) {
        return new StreamId(StreamType.SUBJECT, subject.value());
    }

    public static StreamId of(ErasureId erasure) {
        return new StreamId(StreamType.ERASURE, erasure.value());
    }

    public static StreamId of(TenantErasureId erasure) {
        return new StreamId(StreamType.TENANT_ERASURE, erasure.value());
    }

    public static StreamId of(TenantId tenant) {
        return new StreamId(StreamType.TENANT, tenant.value());
    }

    public static StreamId of(TokenId token) {
        return new StreamId(StreamType.API_TOKEN, token.value());
    }

    public static StreamId of(RotationId rotation) {
        return new StreamId(StreamType.ROTATION, rotation.value());
    }

    public static StreamId of(RetentionId retention) {
        return new StreamId(StreamType.RETENTION, retention.value());
    }

    public static StreamId of(HoldId hold) {
        return new StreamId(StreamType.LEGAL_HOLD, hold.value());
    }

    public static StreamId of(ChainId chain) {
        return new StreamId(StreamType.CHAIN, chain.value());
    }

    @Override
    public String toString() {
        return type.word() + "/" + value;
    }
}
