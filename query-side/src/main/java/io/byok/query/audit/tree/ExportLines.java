package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;

import java.io.OutputStream;
import java.util.List;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The lines of an export, format 1; docs/audit.md is the contract. Bytes are base64. */
final class ExportLines implements AutoCloseable {

    static final int FORMAT = 1;

    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator("").build();

    private final JsonGenerator out;

    ExportLines(OutputStream out) {
        this.out = JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    void head(String origin, String key, long size, long first, long end, List<byte[]> before, List<byte[]> after) {
        begin("log");
        out.writeNumberProperty("format", FORMAT);
        out.writeStringProperty("origin", origin);
        out.writeStringProperty("key", key);
        out.writeNumberProperty("size", size);
        out.writeNumberProperty("first", first);
        out.writeNumberProperty("end", end);
        hashes("before", before);
        hashes("after", after);
        end();
    }

    void checkpoint(String note) {
        begin("checkpoint");
        out.writeStringProperty("note", note);
        end();
    }

    /** @param blind of the words, empty when they do not go with it */
    void leaf(long index, Record row, byte @Nullable [] hash, byte[] blind) {
        begin("leaf");
        out.writeNumberProperty("index", index);
        if (hash != null) {
            out.writeName("hash");
            out.writeBinary(hash);
        }
        byte[] leaf = row.get(AUDIT_LEAF.LEAF);
        if (PrunedUses.isGone(leaf)) {
            out.writeBooleanProperty("pruned", true);
        } else {
            out.writeName("leaf");
            out.writeBinary(leaf);
        }
        if (blind.length > 0) {
            out.writeStringProperty("purpose", row.get(AUDIT_EVENT.PURPOSE));
            text("model", row.get(Export.MODEL));
            text("requestId", row.get(AUDIT_EVENT.REQUEST_ID));
            out.writeName("blind");
            out.writeBinary(blind);
        }
        end();
    }

    void consistency(long from, long to, List<byte[]> hashes) {
        begin("consistency");
        out.writeNumberProperty("from", from);
        out.writeNumberProperty("to", to);
        hashes("hashes", hashes);
        end();
    }

    private void begin(String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }

    private void end() {
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    private void hashes(String name, List<byte[]> hashes) {
        out.writeName(name);
        out.writeStartArray();
        hashes.forEach(out::writeBinary);
        out.writeEndArray();
    }

    @Override
    public void close() {
        out.close();
    }
}
