package io.byok.kms.google;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.services.cloudkms.v1.CloudKMSScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request its token and its time limits. The credentials are looked for at the first request and not at the
 * start, for that may be a question to the machine's metadata server.
 */
final class GoogleLogin implements HttpRequestInitializer {

    private final int limitMillis;
    private @Nullable HttpCredentialsAdapter found;

    GoogleLogin(Duration limit) {
        this.limitMillis = Math.toIntExact(limit.toMillis());
    }

    @Override
    public void initialize(HttpRequest request) throws IOException {
        credentials().initialize(request);
        request.setConnectTimeout(limitMillis);
        request.setReadTimeout(limitMillis);
        request.setNumberOfRetries(0); // how often it is asked is decided around every provider alike
        request.setFollowRedirects(false); // the token would go along
        request.setLoggingEnabled(false); // bodies carry keys
        request.setCurlLoggingEnabled(false);
    }

    private synchronized HttpCredentialsAdapter credentials() throws IOException {
        if (found == null) {
            found = new HttpCredentialsAdapter(
                    GoogleCredentials.getApplicationDefault().createScoped(CloudKMSScopes.CLOUDKMS));
        }
        return found;
    }
}
