package io.byok.kms.google;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.root.RemoteTrouble;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Google's errors mean. Only its word that decryption failed is a {@link SealBroken}; a 400 has many other reasons,
 * a destroyed version among them, and those are trouble.
 */
final class GoogleTrouble {

    private static final String DOES_NOT_OPEN = "Decryption failed";

    private GoogleTrouble() {}

    interface Call<T> {
        T execute() throws IOException;
    }

    /** For calls that carry no key material: the client's own words help the operator. */
    static <T> T telling(Call<T> call) {
        return ask(call, true);
    }

    /** For calls that do: nothing of what the client says is repeated, for it may quote an answer. */
    static <T> T mute(Call<T> call) {
        return ask(call, false);
    }

    private static <T> T ask(Call<T> call, boolean telling) {
        try {
            return call.execute();
        } catch (HttpResponseException answered) {
            throw meaning(answered);
        } catch (IOException | IllegalArgumentException unanswered) { // the latter for an answer that is no JSON object
            throw RemoteTrouble.passing(
                    telling ? "cannot be asked: " + unanswered.getMessage() : "does not answer", null);
        }
    }

    private static RuntimeException meaning(HttpResponseException answered) {
        int status = answered.getStatusCode();
        if (status == 400 && answered instanceof GoogleJsonResponseException said && doesNotOpen(said.getDetails())) {
            return new SealBroken();
        }
        String what = "answers " + status;
        return status >= 500 || status == 429 ? RemoteTrouble.passing(what, null) : RemoteTrouble.lasting(what);
    }

    private static boolean doesNotOpen(@Nullable GoogleJsonError details) {
        return details != null
                && details.getMessage() != null
                && details.getMessage().startsWith(DOES_NOT_OPEN);
    }

    static RemoteTrouble garbage() {
        return RemoteTrouble.passing("its answer makes no sense", null);
    }
}
