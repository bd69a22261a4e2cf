package io.byok.platform.web.http;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/** Reads a body to its end within a size and a time, and leaves no second copy of it on the heap. */
final class BodyReader {

    private static final int FIRST_GUESS = 4096;

    private BodyReader() {}

    /**
     * @param announced the length by the request's header, -1 when it says none
     * @param timeout for the whole body; a caller that drips bytes is cut off by it as well as one that sends none
     */
    static byte[] read(InputStream in, long announced, int limit, Duration timeout) {
        if (announced > limit) {
            throw tooLarge(limit);
        }
        long start = System.nanoTime();
        byte[] buffer = new byte[announced >= 0 ? (int) announced + 1 : Math.min(FIRST_GUESS, limit + 1)];
        int length = 0;
        try {
            while (true) {
                if (length == buffer.length) {
                    buffer = grown(buffer, limit);
                }
                int got = in.read(buffer, length, buffer.length - length);
                if (got < 0) {
                    return Arrays.copyOf(buffer, length);
                }
                length += got;
                if (length > limit) {
                    throw tooLarge(limit);
                }
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw tooLate();
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooLate();
        } catch (IOException e) {
            throw new BadRequest(ProblemCode.REQUEST_INVALID, "the body broke off or is not framed as announced");
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private static byte[] grown(byte[] buffer, int limit) {
        byte[] larger = Arrays.copyOf(buffer, Math.min(buffer.length * 2, limit + 1));
        Arrays.fill(buffer, (byte) 0);
        return larger;
    }

    private static BadRequest tooLarge(int limit) {
        return new BadRequest(ProblemCode.BODY_TOO_LARGE, "the body may have " + limit + " bytes here");
    }

    private static BadRequest tooLate() {
        return new BadRequest(ProblemCode.BODY_TIMEOUT, ProblemCode.BODY_TIMEOUT.title());
    }
}
