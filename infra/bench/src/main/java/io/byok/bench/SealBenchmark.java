package io.byok.bench;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sealing and opening one message, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in
public class SealBenchmark {

    @Param({"64", "1024", "16384"})
    public int bytes;

    @Param({"suite1", "jdk", "bouncycastle", "tink"})
    public String what;

    private Aead aead;
    private byte[] plaintext;
    private byte[] sealed;

    @Setup
    public void prepare() throws GeneralSecurityException {
        aead = Aead.of(what);
        plaintext = new byte[bytes];
        sealed = aead.seal(plaintext);
    }

    @Benchmark
    public byte[] seal() throws GeneralSecurityException {
        return aead.seal(plaintext);
    }

    @Benchmark
    public byte[] open() throws GeneralSecurityException {
        return aead.open(sealed);
    }
}
