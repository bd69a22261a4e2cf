package io.byok.kms.aws;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.WrappedKek;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * One root in AWS KMS. Version {@code n} is the symmetric key behind the alias {@code <alias>-<n>}: a key's own rotation
 * in KMS keeps all of its older material for ever, so it could not destroy a version, and a key of its own can.
 *
 * <p>The place is the encryption context, so KMS itself opens nothing elsewhere (and writes the place's hash, which names
 * nobody, to CloudTrail). Every call names the key by its ARN: without one, KMS would open what was sealed under any key
 * that this identity may use.
 */
final class AwsKey implements RemoteKey {

    private static final String CONTEXT = "byok-place";
    private static final int LONGEST = 6144; // of a ciphertext, by KMS's own limit

    private final KmsClient kms;
    private final String alias;
    private final int deletionDays;
    private final Pattern version;
    private volatile Map<Integer, String> arns = Map.of();

    /**
     * @param alias without the version's number
     * @param deletionDays how long a destroyed version can be called back, 7 to 30
     */
    AwsKey(KmsClient kms, String alias, int deletionDays) {
        this.kms = kms;
        this.alias = alias;
        this.deletionDays = deletionDays;
        this.version = Pattern.compile(Pattern.quote(alias) + "-([1-9][0-9]{0,8})");
    }

    /** Without account and region: a key that is replicated to another region is the same. */
    @Override
    public String name() {
        return alias;
    }

    @Override
    public List<Integer> versions() {
        TreeMap<Integer, String> found = new TreeMap<>();
        AwsTrouble.telling(() -> kms.listAliasesPaginator().aliases().stream()
                        .filter(entry -> numberOf(entry).isPresent() && entry.targetKeyId() != null)
                        .toList())
                .forEach(entry ->
                        usable(entry).ifPresent(arn -> found.put(numberOf(entry).orElseThrow(), arn)));
        if (found.isEmpty()) {
            throw RemoteTrouble.lasting("there is no enabled key behind " + alias + "-1");
        }
        arns = Map.copyOf(found);
        return List.copyOf(found.keySet());
    }

    private Optional<Integer> numberOf(AliasListEntry entry) {
        Matcher form = version.matcher(entry.aliasName());
        return form.matches() ? Optional.of(Integer.valueOf(form.group(1))) : Optional.empty();
    }

    /** A key that is disabled or waits for its deletion is no version: it opens nothing. */
    private Optional<String> usable(AliasListEntry entry) {
        KeyMetadata key = AwsTrouble.telling(() -> kms.describeKey(ask -> ask.keyId(entry.targetKeyId())))
                .keyMetadata();
        if (key.keyState() != KeyState.ENABLED) {
            return Optional.empty();
        }
        if (key.keySpec() != KeySpec.SYMMETRIC_DEFAULT || key.keyUsage() != KeyUsageType.ENCRYPT_DECRYPT) {
            throw new KeyRefused(
                    "the key behind " + entry.aliasName() + " must be SYMMETRIC_DEFAULT, for ENCRYPT_DECRYPT");
        }
        return Optional.of(key.arn());
    }

    @Override
    public WrappedKek wrap(int version, byte[] plaintext, byte[] place) {
        String arn = arn(version);
        return new WrappedKek(
                version,
                bytes(AwsTrouble.mute(() -> kms.encrypt(ask -> ask.keyId(arn)
                                .plaintext(SdkBytes.fromByteArrayUnsafe(plaintext)) // no copy that nobody wipes
                                .encryptionContext(context(place))))
                        .ciphertextBlob()));
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, byte[] place) {
        String arn = arn(wrapped.rootVersion());
        SdkBytes ciphertext = ciphertext(wrapped);
        return bytes(AwsTrouble.mute(() -> kms.decrypt(
                        ask -> ask.keyId(arn).ciphertextBlob(ciphertext).encryptionContext(context(place))))
                .plaintext());
    }

    /** Inside of KMS. */
    @Override
    public WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place) {
        String from = arn(wrapped.rootVersion());
        String to = arn(version);
        SdkBytes ciphertext = ciphertext(wrapped);
        return new WrappedKek(
                version,
                bytes(AwsTrouble.mute(() -> kms.reEncrypt(ask -> ask.sourceKeyId(from)
                                .destinationKeyId(to)
                                .ciphertextBlob(ciphertext)
                                .sourceEncryptionContext(context(place))
                                .destinationEncryptionContext(context(place))))
                        .ciphertextBlob()));
    }

    /** Two nodes at once: the alias has one winner, and the other's key is taken back. */
    @Override
    public void addVersion() {
        String next = alias + "-" + (versions().getLast() + 1);
        String made = AwsTrouble.telling(() -> kms.createKey(ask -> ask.description("BYOK root " + next)))
                .keyMetadata()
                .keyId();
        AwsTrouble.telling(() -> {
            try {
                return kms.createAlias(ask -> ask.aliasName(next).targetKeyId(made));
            } catch (AlreadyExistsException another) {
                return scheduleDeletion(made);
            }
        });
    }

    @Override
    public void destroyVersion(int version) {
        AwsTrouble.telling(() -> scheduleDeletion(arn(version)));
    }

    private Object scheduleDeletion(String key) {
        return kms.scheduleKeyDeletion(ask -> ask.keyId(key).pendingWindowInDays(deletionDays));
    }

    private String arn(int version) {
        String arn = arns.get(version);
        if (arn == null) {
            throw RemoteTrouble.lasting("there is no enabled key behind " + alias + "-" + version);
        }
        return arn;
    }

    private static Map<String, String> context(byte[] place) {
        return Map.of(CONTEXT, Base64.getEncoder().encodeToString(place));
    }

    /** What KMS would refuse as malformed was never made by it: it is not asked. */
    private static SdkBytes ciphertext(WrappedKek wrapped) {
        if (wrapped.bytes().length == 0 || wrapped.bytes().length > LONGEST) {
            throw new SealBroken();
        }
        return SdkBytes.fromByteArrayUnsafe(wrapped.bytes());
    }

    /** The very array of the answer, so that its owner wipes it. */
    private static byte[] bytes(@Nullable SdkBytes answered) {
        if (answered == null || answered.asByteArrayUnsafe().length == 0) {
            throw RemoteTrouble.passing("its answer makes no sense", null);
        }
        return answered.asByteArrayUnsafe();
    }
}
