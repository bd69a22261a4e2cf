package io.byok.platform.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines of a file, as many at once as fit: to look for the ends of lines is all that the thread does that reads.
 * Bytes become characters one for one (ISO 8859-1); what they mean is found out where lines are read.
 */
final class LineBlocks {

    private static final int USUAL = 1 << 18;
    private static final int LONGEST =
            1 << 20; // of a line; ours have a few hundred bytes, and several blocks are held at a time
    private static final char END = '\n';

    private final InputStream in;
    private byte[] buffer = new byte[USUAL];
    private int filled;
    private long line = 1;
    private boolean ended;

    LineBlocks(InputStream in) {
        this.in = in;
    }

    /**
     * Some lines.
     *
     * @param first the number of the first one, from 1
     * @param text with a line feed behind each but perhaps the last
     */
    record Block(long first, String text) {}

    /** The next ones; absent at the end. @throws Unproved when a line is too long to be one */
    @Nullable
    Block next() throws IOException {
        int end = 0;
        while (end == 0 && !ended) {
            if (filled == buffer.length) {
                grow();
            }
            int count = in.readNBytes(buffer, filled, buffer.length - filled);
            ended = count < buffer.length - filled;
            int before = filled;
            filled += count;
            end = ended ? filled : behindLastEnd(before);
        }
        if (end == 0) {
            return null;
        }
        String text = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        Block block = new Block(line, text);
        for (int at = text.indexOf(END); at >= 0; at = text.indexOf(END, at + 1)) {
            line++;
        }
        return block;
    }

    private void grow() {
        if (buffer.length == LONGEST) {
            throw Unproved.unreadable("line " + line + " is longer than " + LONGEST + " bytes");
        }
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }

    private int behindLastEnd(int least) {
        for (int at = filled - 1; at >= least; at--) {
            if (buffer[at] == END) {
                return at + 1;
            }
        }
        return 0;
    }
}
