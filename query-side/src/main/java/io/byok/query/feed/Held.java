package io.byok.query.feed;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Something that was said of a read model and cannot be made again, held against a replay.
 *
 * @param table where it is kept
 * @param live digest of what was said
 * @param replayed digest of what the replay would have said in its place; the same if and only if nothing differs
 * @param findings the first differences
 */
public record Held(String table, String live, String replayed, List<Finding> findings) {

    /** A row that the replay contradicts. @param key its primary key */
    public record Finding(String kind, UUID tenant, Map<String, String> key) {}
}
