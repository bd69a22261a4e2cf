package io.byok.platform.web.json;

import io.byok.kernel.ChainId;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.Id;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import java.io.Serial;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How the kernel's and the JDK's values look in JSON: each is written in exactly one form, and it is a string. */
final class KernelJson extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    KernelJson() {
        super("kernel");
        addSerializer(new Text<>(Id.class, Id::text));
        addSerializer(new Text<>(BigDecimal.class, BigDecimal::toPlainString));
        read(ErasureId.class, ErasureId::parse);
        read(HoldId.class, HoldId::parse);
        read(KeyId.class, KeyId::parse);
        read(SubjectId.class, SubjectId::parse);
        read(TenantId.class, TenantId::parse);
        read(TokenId.class, TokenId::parse);
        read(UseId.class, UseId::parse);
        read(ChainId.class, ChainId::parse);
        read(Instant.class, Texts::instant);
        read(Duration.class, Texts::duration);
        addDeserializer(BigDecimal.class, new Decimal());
        read(String.class, Texts::storable);
        addKeyDeserializer(String.class, new StorableName());
    }

    private <T> void read(Class<T> type, Function<String, Optional<T>> parse) {
        addDeserializer(type, new Parsed<>(type, parse));
    }

    private static final class Text<T> extends StdSerializer<T> {

        private final transient Function<T, String> text;

        Text(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(text.apply(value));
        }
    }

    private static final class Parsed<T> extends StdDeserializer<T> {

        private final transient Function<String, Optional<T>> parse;

        Parsed(Class<T> type, Function<String, Optional<T>> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), json);
            }
            return parse.apply(json.getString())
                    .orElseGet(() -> (T) context.handleWeirdStringValue(handledType(), "", "not its text form"));
        }
    }

    /** A plain decimal, in a string (as it is written) or as a number (as counts are usually sent); never through a double. */
    private static final class Decimal extends StdDeserializer<BigDecimal> {

        Decimal() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING) && !json.currentToken().isNumeric()) {
                return (BigDecimal) context.handleUnexpectedToken(handledType(), json);
            }
            return Texts.decimal(json.getString())
                    .orElseGet(() -> (BigDecimal) context.handleWeirdStringValue(handledType(), "", "not a decimal"));
        }
    }

    private static final class StorableName extends KeyDeserializer {

        @Override
        public Object deserializeKey(String name, DeserializationContext context) {
            return Texts.storable(name)
                    .<Object>map(Function.identity())
                    .orElseGet(() -> context.handleWeirdKey(String.class, "", "not storable"));
        }
    }
}
