package io.byok.kms.azure;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.WrappedKek;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One root in a Key Vault. Version {@code n} is the RSA key {@code <name>-<n>}: what the vault calls versions of a key
 * cannot be deleted one by one, and a key of its own can. Of those inner versions the oldest is ours, whatever a rotation
 * policy of the vault adds.
 *
 * <p>RSA-OAEP-256 binds nothing, and whoever has the public key can wrap: a database's administrator could put a tenant's
 * key of his own choice there. So a wrap is {@code ciphertext | signature}, see {@link AzureWrap}, and nothing is
 * unwrapped whose signature does not hold for its place.
 */
final class AzureKey implements RemoteKey {

    private static final int BITS = 3072; // of keys made here; 128-bit strength, SP 800-57 part 1
    private static final int FEWEST_BITS = 2048;
    private static final KeyOperation[] OPERATIONS = {
        KeyOperation.WRAP_KEY, KeyOperation.UNWRAP_KEY, KeyOperation.SIGN, KeyOperation.VERIFY
    };

    private final AzureVault vault;
    private final KeyClient keys;
    private final String name;
    private final boolean hardware;
    private final Pattern numbered;
    private volatile Map<Integer, AzureWrap> wraps = Map.of();

    /** @param hardware whether keys made here are to be in an HSM */
    AzureKey(AzureVault vault, String name, boolean hardware) {
        this.vault = vault;
        this.keys = vault.keys();
        this.name = name;
        this.hardware = hardware;
        this.numbered = Pattern.compile(Pattern.quote(name) + "-([1-9][0-9]{0,8})");
    }

    /** Without the vault's address: a key that was backed up and restored into another vault is the same. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Integer> versions() {
        TreeMap<Integer, AzureWrap> found = new TreeMap<>();
        for (String candidate : AzureTrouble.ask(() -> keys.listPropertiesOfKeys().stream()
                .map(KeyProperties::getName)
                .filter(Objects::nonNull)
                .toList())) {
            Matcher form = numbered.matcher(candidate);
            if (form.matches()) {
                usable(candidate).ifPresent(wrap -> found.put(Integer.valueOf(form.group(1)), wrap));
            }
        }
        if (found.isEmpty()) {
            throw RemoteTrouble.lasting("there is no enabled key " + name + "-1");
        }
        wraps = Map.copyOf(found);
        return List.copyOf(found.keySet());
    }

    private Optional<AzureWrap> usable(String key) {
        return AzureTrouble.ask(() -> keys.listPropertiesOfKeyVersions(key).stream()
                        .min(Comparator.comparing(KeyProperties::getCreatedOn)))
                .filter(oldest -> Boolean.TRUE.equals(oldest.isEnabled()))
                .map(oldest -> checked(AzureTrouble.ask(() -> keys.getKey(key, oldest.getVersion()))))
                .map(fit ->
                        new AzureWrap(vault.cipher(fit.getId()), fit.getKey().getN().length));
    }

    private static KeyVaultKey checked(KeyVaultKey key) {
        byte[] modulus = key.getKey() == null ? null : key.getKey().getN();
        if (modulus == null || modulus.length * Byte.SIZE < FEWEST_BITS) {
            throw new KeyRefused(
                    "the key " + key.getName() + " must be an RSA key of at least " + FEWEST_BITS + " bits");
        }
        if (!key.getKeyOperations().containsAll(Arrays.asList(OPERATIONS))) {
            throw new KeyRefused("the key " + key.getName() + " must permit wrapKey, unwrapKey, sign and verify");
        }
        if (Boolean.TRUE.equals(key.getProperties().isExportable())) {
            throw new KeyRefused("the key " + key.getName() + " must not be exportable");
        }
        return key;
    }

    @Override
    public WrappedKek wrap(int version, byte[] plaintext, byte[] place) {
        AzureWrap wrap = wrap(version);
        return new WrappedKek(version, AzureTrouble.ask(() -> wrap.seal(plaintext, place)));
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, byte[] place) {
        return wrap(wrapped.rootVersion()).open(wrapped.bytes(), place);
    }

    /** Through this process's memory: the vault has no call for it. */
    @Override
    public WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place) {
        byte[] plaintext = unwrap(wrapped, place);
        try {
            return wrap(version, plaintext, place);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Two nodes at once make two inner versions of one key, of which both nodes use the older. */
    @Override
    public void addVersion() {
        String next = name + "-" + (versions().getLast() + 1);
        AzureTrouble.ask(() -> keys.createRsaKey(new CreateRsaKeyOptions(next)
                .setKeySize(BITS)
                .setHardwareProtected(hardware)
                .setKeyOperations(OPERATIONS)));
    }

    /** Deleted, and gone when the vault's retention is over or somebody purges it; until then it can be called back. */
    @Override
    public void destroyVersion(int version) {
        AzureTrouble.ask(() -> keys.beginDeleteKey(name + "-" + version).poll());
    }

    private AzureWrap wrap(int version) {
        AzureWrap wrap = wraps.get(version);
        if (wrap == null) {
            throw RemoteTrouble.lasting("there is no enabled key " + name + "-" + version);
        }
        return wrap;
    }
}
