package io.byok.platform.seal.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.SealBroken;
import java.io.Serial;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenCipherTest {

    private static final byte[] PLACE = new byte[32];
    private static final byte[] PLAIN = {1, 2, 3};

    private final AtomicInteger faults = new AtomicInteger();
    private final Provider token = new FaultyToken(faults);
    private final Key key = new SecretKeySpec(new byte[32], "AES");

    @Test
    void a_fault_of_the_token_is_not_taken_for_tampering() throws GeneralSecurityException {
        byte[] sealed = TokenCipher.seal(token, key, PLAIN, PLACE);
        faults.set(1);
        assertThat(TokenCipher.open(token, key, sealed, PLACE)).isEqualTo(PLAIN);
        faults.set(2); // what it sealed to prove its health does not open either
        assertThatThrownBy(() -> TokenCipher.open(token, key, sealed, PLACE)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void a_changed_wrap_is_broken_when_the_token_is_well() throws GeneralSecurityException {
        byte[] sealed = TokenCipher.seal(token, key, PLAIN, PLACE);
        sealed[20] ^= 1;
        assertThatThrownBy(() -> TokenCipher.open(token, key, sealed, PLACE)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> TokenCipher.open(token, key, new byte[27], PLACE))
                .isInstanceOf(SealBroken.class);
    }

    /** A token that says of good tags that they are wrong, a number of times. */
    private static final class FaultyToken extends Provider {

        @Serial
        private static final long serialVersionUID = 1L;

        FaultyToken(AtomicInteger faults) {
            super("Faulty", "1", "for tests");
            putService(new Service(this, "Cipher", "AES/GCM/NoPadding", FaultyCipher.class.getName(), List.of(), null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new FaultyCipher(faults);
                }
            });
        }
    }

    private static final class FaultyCipher extends CipherSpi {

        private final AtomicInteger faults;
        private final Cipher real;
        private boolean opening;

        FaultyCipher(AtomicInteger faults) {
            this.faults = faults;
            try {
                real = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException, java.security.InvalidAlgorithmParameterException {
            opening = mode == Cipher.DECRYPT_MODE;
            real.init(mode, key, parameters);
        }

        @Override
        protected void engineUpdateAAD(byte[] bytes, int from, int length) {
            real.updateAAD(bytes, from, length);
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int from, int length)
                throws javax.crypto.IllegalBlockSizeException, javax.crypto.BadPaddingException {
            if (opening && faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new AEADBadTagException("CKR_GENERAL_ERROR");
            }
            return real.doFinal(input, from, length);
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetMode(String mode) {}

        @Override
        protected void engineSetPadding(String padding) {}

        @Override
        protected int engineGetBlockSize() {
            return 16;
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return length + 16;
        }

        @Override
        protected byte[] engineGetIV() {
            return real.getIV();
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return real.getParameters();
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int from, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineUpdate(byte[] input, int from, int length, byte[] output, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int to) {
            throw new UnsupportedOperationException();
        }
    }
}
