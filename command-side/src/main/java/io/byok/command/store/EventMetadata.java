package io.byok.command.store;

import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** What an event's Axon metadata must hold to become an envelope. Values are texts; ids in their text form. */
public final class EventMetadata {

    public static final String TENANT = "tenant";
    public static final String SUBJECT = "subject";
    public static final String ACTOR = "actor";
    public static final String REQUEST_ID = "requestId";

    private EventMetadata() {}

    /** The metadata of events of this tenant and end user, caused so. */
    public static MetaData of(TenantId tenant, @Nullable SubjectId subject, Provenance by) {
        Map<String, Object> values = new HashMap<>();
        values.put(TENANT, tenant.text());
        values.put(ACTOR, by.actor());
        if (subject != null) {
            values.put(SUBJECT, subject.text());
        }
        if (by.requestId() != null) {
            values.put(REQUEST_ID, by.requestId());
        }
        return MetaData.from(values);
    }

    /** Whose event it is. @throws IllegalArgumentException when it is missing: an event without a tenant is a bug of ours */
    public static TenantId tenant(MetaData metadata) {
        return TenantId.parse(required(metadata, TENANT))
                .orElseThrow(() -> new IllegalArgumentException("event metadata names no tenant"));
    }

    /** The end user the event is about, absent when it is about none or about many. */
    public static @Nullable SubjectId subject(MetaData metadata) {
        Object text = metadata.get(SUBJECT);
        if (text == null) {
            return null;
        }
        return SubjectId.parse(text.toString())
                .orElseThrow(() -> new IllegalArgumentException("event metadata names no subject"));
    }

    /** Who caused it. @throws IllegalArgumentException when nobody caused it: a bug of ours */
    public static Provenance by(MetaData metadata) {
        Object requestId = metadata.get(REQUEST_ID);
        return new Provenance(required(metadata, ACTOR), requestId == null ? null : requestId.toString());
    }

    private static String required(MetaData metadata, String name) {
        Object value = metadata.get(name);
        if (value == null) {
            throw new IllegalArgumentException("event metadata lacks " + name);
        }
        return value.toString();
    }
}
