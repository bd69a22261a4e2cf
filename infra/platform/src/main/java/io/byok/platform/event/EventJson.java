package io.byok.platform.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byok.kernel.ChainId;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.Id;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.RetentionId;
import io.byok.kernel.RotationId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plaintext of an event: {@code {"event": {...}, "by": {...}}}. Field names are stored for ever. Unknown fields are
 * passed over, so that an addition needs no new revision; absent ones read as null.
 */
public final class EventJson {

    private static final String EVENT = "event";
    private static final String BY = "by";

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(ids())
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    // Members are read one after the other, so what follows one is no surplus.
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    private final Upcasts upcasts;

    public EventJson() {
        this(Upcasts.KNOWN);
    }

    /** With other old revisions than those of this version. */
    public EventJson(Upcasts upcasts) {
        this.upcasts = upcasts;
    }

    /** Its components are the members {@value #EVENT} and {@value #BY}. */
    private record Written(DomainEvent event, Provenance by) {}

    /** What a plaintext says. */
    record Read(DomainEvent event, Provenance by) {}

    byte[] write(DomainEvent event, Provenance by) {
        return mapper.writeValueAsBytes(new Written(event, by));
    }

    /** How events of a stored name are read. @throws UnreadableEvent for a name or revision that is unknown here */
    Upcasts.Path path(SealedEvent sealed) {
        return upcasts.path(sealed.name().code(), sealed.name().revision())
                .orElseThrow(() -> new UnreadableEvent(sealed, "the name is unknown to this version"));
    }

    /** @throws UnreadableEvent when the JSON is not that of the named event; it tells nothing of the content */
    Read read(SealedEvent sealed, Upcasts.Path path, byte[] plain) {
        try {
            return path.steps().isEmpty() ? current(path.type(), plain) : lifted(path, plain);
        } catch (RuntimeException malformed) {
            // Not the parser's own exceptions only: a number with an exponent beyond an int is an arithmetic one.
            throw new UnreadableEvent(sealed, "the content is not that of the named event");
        }
    }

    private Read current(Class<? extends DomainEvent> type, byte[] plain) {
        DomainEvent event = null;
        Provenance by = null;
        try (JsonParser in = mapper.createParser(plain)) {
            require(in.nextToken() == JsonToken.START_OBJECT);
            for (String member = in.nextName(); member != null; member = in.nextName()) {
                in.nextToken();
                switch (member) {
                    case EVENT -> event = reader(type).readValue(in);
                    case BY -> by = reader(Provenance.class).readValue(in);
                    default -> in.skipChildren();
                }
            }
            require(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null);
        }
        return said(event, by);
    }

    private ObjectReader reader(Class<?> type) {
        return readers.computeIfAbsent(
                type, one -> mapper.readerFor(one).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
    }

    private Read lifted(Upcasts.Path path, byte[] plain) {
        JsonNode node = mapper.readTree(plain);
        return said(
                mapper.treeToValue(path.lift((ObjectNode) node.get(EVENT)), path.type()),
                mapper.treeToValue(node.get(BY), Provenance.class));
    }

    // What is absent is read as null, and so is a content that is null: neither is an event.
    private static Read said(@Nullable DomainEvent event, @Nullable Provenance by) {
        return new Read(Objects.requireNonNull(event), Objects.requireNonNull(by));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not one object");
        }
    }

    /** The event's own part, as it is documented and compared with golden files. */
    public String pretty(DomainEvent event) {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(event);
    }

    /** Reads what {@link #pretty} wrote, or an older server did. */
    public <E extends DomainEvent> E parse(String json, Class<E> type) {
        return mapper.readValue(json, type);
    }

    private static SimpleModule ids() {
        SimpleModule module = new SimpleModule("byok-ids");
        module.addSerializer(Id.class, new ValueSerializer<>() {
            @Override
            public void serialize(Id id, JsonGenerator out, SerializationContext context) {
                out.writeString(id.text());
            }
        });
        add(module, ErasureId.class, ErasureId::parse);
        add(module, HoldId.class, HoldId::parse);
        add(module, RetentionId.class, RetentionId::parse);
        add(module, TenantErasureId.class, TenantErasureId::parse);
        add(module, KeyId.class, KeyId::parse);
        add(module, RotationId.class, RotationId::parse);
        add(module, SubjectId.class, SubjectId::parse);
        add(module, TenantId.class, TenantId::parse);
        add(module, TokenId.class, TokenId::parse);
        add(module, UseId.class, UseId::parse);
        add(module, ChainId.class, ChainId::parse);
        return module;
    }

    private static <T extends Id> void add(SimpleModule module, Class<T> type, Function<String, Optional<T>> parse) {
        module.addDeserializer(type, new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return parse.apply(in.getString())
                        .orElseGet(() -> type.cast(context.handleWeirdStringValue(type, in.getString(), "not an id")));
            }
        });
    }
}
