package io.byok.kms.azure;

import com.azure.core.exception.HttpResponseException;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.function.Supplier;

/**
 * What Key Vault's errors mean: always trouble. It has no word for bytes that do not authenticate but the answer to a
 * question about a signature, which is no error.
 */
final class AzureTrouble {

    private AzureTrouble() {}

    /** Nothing of what the client says is repeated, for it may quote an answer. */
    static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (HttpResponseException answered) {
            int status =
                    answered.getResponse() == null ? 0 : answered.getResponse().getStatusCode();
            String what = "answers " + status;
            throw status == 429 || status >= 500 || status < 400
                    ? RemoteTrouble.passing(what, null)
                    : RemoteTrouble.lasting(what);
        } catch (RemoteTrouble trouble) {
            throw trouble;
        } catch (RuntimeException unanswered) { // of several libraries, for no answer, garbage or no credentials
            throw RemoteTrouble.passing(
                    "cannot be asked (" + unanswered.getClass().getSimpleName() + ")", null);
        }
    }

    static RemoteTrouble garbage() {
        return RemoteTrouble.passing("its answer makes no sense", null);
    }
}
