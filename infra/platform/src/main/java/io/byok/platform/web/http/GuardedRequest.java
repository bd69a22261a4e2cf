package io.byok.platform.web.http;

import io.byok.platform.web.RawBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body nobody can read before {@link BodyGuard} has, and everybody as often as they like afterwards.
 * Until then it looks empty, so that no filter or parameter parser consumes it unguarded.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

    private @Nullable RawBody body;

    GuardedRequest(HttpServletRequest request) {
        super(request);
    }

    /** The connection's own stream, for the guard alone. */
    InputStream unguarded() throws IOException {
        return super.getInputStream();
    }

    void admit(RawBody admitted) {
        body = admitted;
        setAttribute(RawBody.ATTRIBUTE, admitted);
    }

    void wipe() {
        if (body != null) {
            body.wipe();
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Replay(body == null ? new byte[0] : body.bytes());
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Replay(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            return bytes.read(to, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the whole body is already here");
        }
    }
}
