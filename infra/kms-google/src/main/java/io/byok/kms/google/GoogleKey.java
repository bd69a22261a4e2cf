package io.byok.kms.google;

import com.google.api.services.cloudkms.v1.CloudKMS;
import com.google.api.services.cloudkms.v1.CloudKMS.Projects.Locations.KeyRings.CryptoKeys;
import com.google.api.services.cloudkms.v1.model.CryptoKeyVersion;
import com.google.api.services.cloudkms.v1.model.DecryptRequest;
import com.google.api.services.cloudkms.v1.model.DecryptResponse;
import com.google.api.services.cloudkms.v1.model.DestroyCryptoKeyVersionRequest;
import com.google.api.services.cloudkms.v1.model.EncryptRequest;
import com.google.api.services.cloudkms.v1.model.EncryptResponse;
import com.google.api.services.cloudkms.v1.model.ListCryptoKeyVersionsResponse;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.WrappedKek;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RemoteTrouble;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One root in Google Cloud KMS: a symmetric key and its own versions. The place is the additional authenticated data, with
 * the version behind it, so KMS itself opens nothing elsewhere and nothing that claims another version than its own (it
 * would find the right one by itself, and a rotation would count the row where it does not belong). The version to wrap under is named, so that which one is primary there, and a
 * rotation by its schedule, change nothing under our feet.
 *
 * <p>Every byte string goes and comes with its CRC32C: what was damaged on the way is trouble, and neither stored nor
 * called tampering.
 */
final class GoogleKey implements RemoteKey {

    private static final String SYMMETRIC = "GOOGLE_SYMMETRIC_ENCRYPTION";
    private static final int LONGEST = 64 * 1024; // of a ciphertext, by KMS's own limit

    private final CryptoKeys keys;
    private final String key;

    /** @param key with project, location and key ring */
    GoogleKey(CloudKMS kms, String key) {
        this.keys = kms.projects().locations().keyRings().cryptoKeys();
        this.key = key;
    }

    @Override
    public String name() {
        return key;
    }

    @Override
    public List<Integer> versions() {
        TreeSet<Integer> numbers = new TreeSet<>();
        String page = null;
        do {
            ListCryptoKeyVersionsResponse answer = list(page);
            for (CryptoKeyVersion version :
                    Objects.requireNonNullElse(answer.getCryptoKeyVersions(), List.<CryptoKeyVersion>of())) {
                if (!SYMMETRIC.equals(version.getAlgorithm())) {
                    throw new KeyRefused("the key " + key + " must be for symmetric encryption");
                }
                numbers.add(number(version.getName()));
            }
            page = answer.getNextPageToken();
        } while (page != null && !page.isEmpty());
        if (numbers.isEmpty()) {
            throw RemoteTrouble.lasting("the key " + key + " has no enabled version");
        }
        return List.copyOf(numbers);
    }

    private ListCryptoKeyVersionsResponse list(@Nullable String page) {
        return GoogleTrouble.telling(() -> keys.cryptoKeyVersions()
                .list(key)
                .setFilter("state=ENABLED")
                .setPageToken(page)
                .execute());
    }

    @Override
    public WrappedKek wrap(int version, byte[] plaintext, byte[] place) {
        byte[] bound = bound(place, version);
        EncryptRequest ask = new EncryptRequest()
                .encodePlaintext(plaintext)
                .setPlaintextCrc32c(Crc32c.of(plaintext))
                .encodeAdditionalAuthenticatedData(bound)
                .setAdditionalAuthenticatedDataCrc32c(Crc32c.of(bound));
        EncryptResponse answer = GoogleTrouble.mute(() ->
                keys.encrypt(named(version), ask).setDisableGZipContent(true).execute());
        byte[] ciphertext = answer.decodeCiphertext();
        if (!Boolean.TRUE.equals(answer.getVerifiedPlaintextCrc32c())
                || !Boolean.TRUE.equals(answer.getVerifiedAdditionalAuthenticatedDataCrc32c())
                || !Crc32c.agrees(ciphertext, answer.getCiphertextCrc32c())) {
            throw damaged();
        }
        if (number(answer.getName()) != version) {
            throw GoogleTrouble.garbage();
        }
        return new WrappedKek(version, ciphertext);
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, byte[] place) {
        if (wrapped.bytes().length == 0 || wrapped.bytes().length > LONGEST) {
            throw new SealBroken(); // KMS never made it: it is not asked
        }
        byte[] bound = bound(place, wrapped.rootVersion());
        DecryptRequest ask = new DecryptRequest()
                .encodeCiphertext(wrapped.bytes())
                .setCiphertextCrc32c(Crc32c.of(wrapped.bytes()))
                .encodeAdditionalAuthenticatedData(bound)
                .setAdditionalAuthenticatedDataCrc32c(Crc32c.of(bound));
        DecryptResponse answer = GoogleTrouble.mute(
                () -> keys.decrypt(key, ask).setDisableGZipContent(true).execute());
        byte[] plaintext = answer.decodePlaintext();
        if (!Crc32c.agrees(plaintext, answer.getPlaintextCrc32c())) {
            throw damaged();
        }
        return plaintext;
    }

    /** Through this process's memory: KMS has no call for it. */
    @Override
    public WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place) {
        byte[] plaintext = unwrap(wrapped, place);
        try {
            return wrap(version, plaintext, place);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** The primary version stays as it is: nothing here asks for it. */
    @Override
    public void addVersion() {
        GoogleTrouble.telling(() ->
                keys.cryptoKeyVersions().create(key, new CryptoKeyVersion()).execute());
    }

    @Override
    public void destroyVersion(int version) {
        GoogleTrouble.telling(() -> keys.cryptoKeyVersions()
                .destroy(named(version), new DestroyCryptoKeyVersionRequest())
                .execute());
    }

    private static byte[] bound(byte[] place, int version) {
        return ByteBuffer.allocate(place.length + Integer.BYTES)
                .put(place)
                .putInt(version)
                .array();
    }

    private String named(int version) {
        return key + "/cryptoKeyVersions/" + version;
    }

    private int number(@Nullable String name) {
        String prefix = key + "/cryptoKeyVersions/";
        if (name == null
                || !name.startsWith(prefix)
                || !name.substring(prefix.length()).matches("[1-9][0-9]{0,8}")) {
            throw GoogleTrouble.garbage();
        }
        return Integer.parseInt(name.substring(prefix.length()));
    }

    private static RemoteTrouble damaged() {
        return RemoteTrouble.passing("bytes were damaged on the way", null);
    }
}
