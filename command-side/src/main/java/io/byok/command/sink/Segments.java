package io.byok.command.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Files in one place, in the order of their numbers. The edge to the disk: whatever fails, fails here. */
interface Segments {

    /** Numbers of the files that are there, in rising order. */
    List<Long> numbers() throws IOException;

    /** All lines of a file that were written to their end. */
    List<String> lines(long number) throws IOException;

    /** A new file; it is in the directory for good once this has returned. */
    Segment create(long number) throws IOException;

    void delete(long number) throws IOException;

    /** One file, open at its end. */
    interface Segment extends Closeable {

        void write(ByteBuffer bytes) throws IOException;

        /** Returns when everything written is on the disk. */
        void force() throws IOException;
    }
}
