package io.byok.kms.google;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.cloudkms.v1.CloudKMS;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code google-kms}. Credentials come by the vendor's application default: the file that {@code
 * GOOGLE_APPLICATION_CREDENTIALS} names, or the machine's own identity. They are never a setting of ours.
 */
public final class GoogleFactory implements RemoteFactory {

    private static final String KEY_RING =
            "projects/[a-z0-9.:-]{1,60}/locations/[a-z0-9-]{1,60}/keyRings/[A-Za-z0-9_-]{1,63}";

    @Override
    public String word() {
        return "google-kms";
    }

    @Override
    public Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings) {
        String ring = settings.need("key-ring");
        if (!ring.matches(KEY_RING)) {
            throw new KeyRefused("byok.kek.google-kms.key-ring must be projects/P/locations/L/keyRings/R");
        }
        CloudKMS kms = new CloudKMS.Builder(
                        new NetHttpTransport(), GsonFactory.getDefaultInstance(), new GoogleLogin(settings.timeout()))
                .setRootUrl(
                        settings.address("endpoint", settings.get("endpoint", "https://cloudkms.googleapis.com")) + "/")
                .setApplicationName("byok")
                .build();
        Map<KeyChain, RemoteKey> keys = new EnumMap<>(KeyChain.class);
        settings.keys(chain -> "byok-" + chain).forEach((chain, name) -> {
            if (!name.matches("[A-Za-z0-9_-]{1,63}")) {
                throw new KeyRefused("byok.kek.google-kms: keys have names of letters, digits, - and _");
            }
            keys.put(chain, new GoogleKey(kms, ring + "/cryptoKeys/" + name));
        });
        return keys;
    }
}
