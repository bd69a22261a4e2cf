package io.byok.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Free TCP ports of the loopback interface, and whether a given one is free. */
public final class Ports {

    private Ports() {}

    /** Different ports that are free now. Nothing reserves them: use them at once. */
    public static int[] free(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int i = 0; i < count; i++) {
                // All stay open until the last is chosen, or the system might hand out one twice.
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } catch (IOException e) {
            throw new EngineException("no free port on loopback: " + e.getMessage(), e);
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    /** Whether a server could listen on this port of this address now. */
    public static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: a port whose last connections are only waiting out their time is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // A socket that never accepted anything has nothing to lose.
        }
    }
}
