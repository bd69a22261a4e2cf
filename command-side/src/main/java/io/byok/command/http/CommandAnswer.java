package io.byok.command.http;

import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.HeaderNames;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a command.
 *
 * @param version the aggregate's version for the ETag, absent where there is no aggregate
 * @param position a read that names it sees what the command did
 */
public record CommandAnswer(
        HttpStatus status,
        @Nullable URI location,
        @Nullable Long version,
        long position,
        @Nullable Object body) {

    public static CommandAnswer ok(long version, long position, Object body) {
        return new CommandAnswer(HttpStatus.OK, null, version, position, body);
    }

    public static CommandAnswer created(URI location, long version, long position, Object body) {
        return new CommandAnswer(HttpStatus.CREATED, location, version, position, body);
    }

    /** Of a thing that can be read nowhere later. */
    public static CommandAnswer created(long version, long position, Object body) {
        return new CommandAnswer(HttpStatus.CREATED, null, version, position, body);
    }

    public static CommandAnswer noContent(long version, long position) {
        return new CommandAnswer(HttpStatus.NO_CONTENT, null, version, position, null);
    }

    public static CommandAnswer accepted(long position, Object body) {
        return new CommandAnswer(HttpStatus.ACCEPTED, null, null, position, body);
    }

    public static CommandAnswer accepted(URI location, long position, Object body) {
        return new CommandAnswer(HttpStatus.ACCEPTED, location, null, position, body);
    }

    /** As Spring sends it. */
    public ResponseEntity<Object> entity() {
        return entity(false);
    }

    ResponseEntity<Object> entity(boolean replayed) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HeaderNames.POSITION, Long.toString(position));
        if (version != null) {
            headers.setETag(ExpectedVersion.etag(version));
        }
        if (location != null) {
            headers.setLocation(location);
        }
        if (replayed) {
            headers.set(HeaderNames.IDEMPOTENT_REPLAYED, "true");
        }
        return new ResponseEntity<>(body, headers, status);
    }
}
