package io.byok.platform.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Calls out over https, on behalf of somebody's secret.
 *
 * <p>Guarantees: nothing is sent to a host that the caller did not allow, nor over a connection whose address is not
 * public; redirects are answers, not followed; a call ends after its time, however slowly the other side drips; no more of
 * an answer is read than was asked for, and compressed answers are never asked for; nothing is kept between calls: no
 * cookies, no credentials, no connections. Safe for any number of threads; the calling thread waits.
 */
public final class Outbound implements AutoCloseable {

    private final CloseableHttpClient client;
    private final @Nullable URI target;
    private final ScheduledExecutorService deadlines;

    Outbound(DnsResolver names, OutboundSettings settings) {
        this.target = settings.developmentTarget();
        this.client = OutboundClient.build(target == null ? new CheckedNames(names) : names);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("outbound-deadline").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.deadlines = timer;
    }

    /**
     * Makes a call.
     *
     * @param allowed the hosts it may go to
     * @param patience for everything together
     * @param most bytes of the answer's body to be read
     */
    public OutboundAnswer send(OutboundCall call, Predicate<String> allowed, Duration patience, int most)
            throws OutboundFailed {
        String host = call.uri().getHost();
        if (!"https".equals(call.uri().getScheme())
                || host == null
                || call.uri().getPort() != -1 && call.uri().getPort() != 443
                || call.uri().getRawUserInfo() != null
                || !allowed.test(host)) {
            throw new OutboundFailed(OutboundFailed.Why.HOST_NOT_ALLOWED);
        }
        HttpUriRequestBase request = request(call);
        ScheduledFuture<?> deadline = deadlines.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        HttpHost where = target == null ? new HttpHost("https", host) : HttpHost.create(target);
        // Closed rather than consumed: closing drops the connection, and what was not read stays unread.
        try (ClassicHttpResponse response = client.executeOpen(where, request, HttpClientContext.create())) {
            return new OutboundAnswer(response.getCode(), headers(response), body(response, most));
        } catch (IOException | CancellationException failed) {
            throw new OutboundFailed(request.isCancelled() ? OutboundFailed.Why.TOO_SLOW : why(failed));
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpUriRequestBase request(OutboundCall call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
        call.headers().forEach(header -> request.setHeader(header.getKey(), header.getValue()));
        if (call.body() != null) {
            request.setEntity(new ByteArrayEntity(call.body(), null));
        }
        return request;
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
        }
        return headers;
    }

    private static byte[] body(ClassicHttpResponse response, int most) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? new byte[0] : entity.getContent().readNBytes(most);
    }

    private static OutboundFailed.Why why(Exception failed) {
        return switch (failed) {
            case CheckedNames.Forbidden _ -> OutboundFailed.Why.ADDRESS_NOT_PUBLIC;
            case UnknownHostException _ -> OutboundFailed.Why.HOST_UNKNOWN;
            case SSLException _ -> OutboundFailed.Why.NO_TRUST;
            case SocketTimeoutException _ -> OutboundFailed.Why.TOO_SLOW;
            case java.net.ConnectException _ -> OutboundFailed.Why.CANNOT_CONNECT;
            case InterruptedIOException _ -> OutboundFailed.Why.TOO_SLOW;
            default -> OutboundFailed.Why.BROKEN_OFF;
        };
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
