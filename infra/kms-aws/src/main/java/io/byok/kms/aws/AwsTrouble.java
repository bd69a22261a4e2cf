package io.byok.kms.aws;

import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

/**
 * What KMS's errors mean. Bytes that do not authenticate in their context, or were made under another key than the one
 * their version names, are a {@link SealBroken}; whatever else goes wrong is trouble. A missing permission or a disabled
 * key is no tampering.
 */
final class AwsTrouble {

    private AwsTrouble() {}

    /** For calls that carry no key material: the client's own words help the operator. */
    static <T> T telling(Supplier<T> call) {
        return ask(call, true);
    }

    /** For calls that do: nothing of what the client says is repeated, for it may quote an answer. */
    static <T> T mute(Supplier<T> call) {
        return ask(call, false);
    }

    private static <T> T ask(Supplier<T> call, boolean telling) {
        try {
            return call.get();
        } catch (InvalidCiphertextException | IncorrectKeyException doesNotOpen) {
            throw new SealBroken();
        } catch (AwsServiceException answered) {
            String what = "answers " + answered.statusCode() + " " + code(answered);
            throw answered.isThrottlingException()
                            || answered.statusCode() >= 500
                            || answered instanceof KmsInternalException
                    ? RemoteTrouble.passing(what, null)
                    : RemoteTrouble.lasting(what);
        } catch (SdkException unanswered) {
            throw RemoteTrouble.passing(
                    telling ? "cannot be asked: " + unanswered.getMessage() : "does not answer", null);
        }
    }

    /** A word of the protocol, or nothing: it goes into a log line. */
    private static String code(AwsServiceException answered) {
        String code = answered.awsErrorDetails() == null
                ? ""
                : String.valueOf(answered.awsErrorDetails().errorCode());
        return code.matches("[A-Za-z]{1,60}") ? code : "";
    }
}
