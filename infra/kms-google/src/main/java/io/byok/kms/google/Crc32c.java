package io.byok.kms.google;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The checksum that Google's key service wants and gives (RFC 3720, appendix B.4): against accidents, not against people. */
final class Crc32c {

    private Crc32c() {}

    static long of(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    /** Absent counts as wrong. */
    static boolean agrees(byte @Nullable [] bytes, @Nullable Long sum) {
        return bytes != null && sum != null && of(bytes) == sum;
    }
}
