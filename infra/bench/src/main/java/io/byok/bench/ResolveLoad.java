package io.byok.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * A load generator in a process of its own: a number of callers on loopback, each sending the next request when the
 * answer before has come. One thread, no objects per request, so that what is measured is the other side.
 *
 * <p>{@code REQUESTS-FILE}; the file holds whole HTTP requests, separated by a NUL. Each line of its standard input,
 * {@code PORT CALLERS MILLISECONDS}, is one run, answered by {@code done=N seconds=S p50=MS p99=MS}; it fails when an answer
 * is no 200. One process for all runs, so that it is warm in all but the first.
 */
public final class ResolveLoad {

    private static final int MOST_TIMES = 4_000_000;

    private final List<byte[]> requests;
    private final long[] times;
    private final CountDownLatch finished;
    private long end;
    private int done;
    private int next;
    private String failure = "";

    private ResolveLoad(List<byte[]> requests, long[] times, int callers) {
        this.requests = requests;
        this.times = times;
        this.finished = new CountDownLatch(callers);
    }

    public static void main(String[] args) throws Exception {
        List<byte[]> requests = read(Path.of(args[0]));
        long[] times = new long[MOST_TIMES];
        try (var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] said = line.split(" ");
                int callers = Integer.parseInt(said[1]);
                System.out.println(new ResolveLoad(requests, times, callers)
                        .run(loop, Integer.parseInt(said[0]), callers, Long.parseLong(said[2])));
            }
        }
    }

    private static List<byte[]> read(Path file) throws IOException {
        return Arrays.stream(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private String run(EventLoopGroup loop, int port, int callers, long millis) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Caller());
                    }
                });
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            channels.add(bootstrap.connect("127.0.0.1", port).sync().channel());
        }
        long begun = System.nanoTime();
        end = begun + millis * 1_000_000;
        channels.forEach(channel -> channel.eventLoop()
                .execute(() -> channel.pipeline().get(Caller.class).send(channel)));
        finished.await();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!failure.isEmpty()) {
            throw new IllegalStateException("answered " + failure);
        }
        long[] sorted = Arrays.copyOf(times, Math.min(done, MOST_TIMES));
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "done=%d seconds=%.3f p50=%.3f p99=%.3f",
                done,
                seconds,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    /** One connection. */
    private final class Caller extends ChannelInboundHandlerAdapter {
        private final StringBuilder head = new StringBuilder(512);
        private int body = -1; // bytes of it still to come; -1 while the head is read
        private long sentAt;

        void send(Channel channel) {
            sentAt = System.nanoTime();
            channel.writeAndFlush(Unpooled.wrappedBuffer(requests.get(next++ % requests.size())));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                while (bytes.isReadable()) {
                    if (body < 0) {
                        readHead(bytes);
                    } else {
                        int some = Math.min(body, bytes.readableBytes());
                        bytes.skipBytes(some);
                        body -= some;
                    }
                    if (body == 0) {
                        answered(context.channel());
                    }
                }
            } finally {
                bytes.release();
            }
        }

        private void readHead(ByteBuf bytes) {
            while (bytes.isReadable()) {
                head.append((char) bytes.readByte());
                int length = head.length();
                if (length > 3 && head.charAt(length - 1) == '\n' && head.charAt(length - 3) == '\n') {
                    if (head.charAt(9) != '2') {
                        failure = head.substring(0, 12);
                    }
                    int at = head.indexOf("ontent-");
                    while (at >= 0
                            && !head.substring(at, at + 14)
                                    .toLowerCase(Locale.ROOT)
                                    .equals("ontent-length:")) {
                        at = head.indexOf("ontent-", at + 1);
                    }
                    body = at < 0
                            ? 0
                            : Integer.parseInt(head.substring(at + 14, head.indexOf("\r", at))
                                    .strip());
                    head.setLength(0);
                    return;
                }
            }
        }

        private void answered(Channel channel) {
            long now = System.nanoTime();
            if (done < MOST_TIMES) {
                times[done] = now - sentAt;
            }
            done++;
            body = -1;
            if (now < end && failure.isEmpty()) {
                send(channel);
            } else {
                channel.close();
                finished.countDown();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failure = cause.toString();
            context.close();
            finished.countDown();
        }
    }
}
