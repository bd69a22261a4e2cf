package io.byok.e2e;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Credentials of the right form that open nothing, each different; requests that carry them; users to own them. */
final class Credentials {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** A request that erases a user. */
    static final String ERASE = "{\"reason\":\"left us\",\"legalBasis\":\"GDPR Art. 17(1)(b)\"}";

    private static final String HEX = "0123456789abcdef";
    private static final AtomicLong USERS = new AtomicLong();

    private Credentials() {}

    /** An end user that no other test has, with an id as awkward as applications have them. */
    static String user() {
        return "ada+" + USERS.incrementAndGet() + "@example.com/ü";
    }

    static String openai() {
        return "sk-proj-" + random(LETTERS, 48);
    }

    static String anthropic() {
        return "sk-ant-api03-" + random(LETTERS, 93) + "AA";
    }

    static String deepgram() {
        return random(HEX, 40);
    }

    static String twilioSid() {
        return "AC" + random(HEX, 32);
    }

    static String twilioToken() {
        return random(HEX, 32);
    }

    /** A request that adds a key with one field. */
    static String add(String provider, String apiKey) {
        return add(provider, apiKey, "");
    }

    /** @param more further members of the object, each followed by a comma */
    static String add(String provider, String apiKey, String more) {
        return "{\"provider\":\"%s\",%s\"validate\":\"never\",\"credential\":{\"apiKey\":\"%s\"}}"
                .formatted(provider, more, apiKey);
    }

    static String addTwilio(String sid, String token) {
        return "{\"provider\":\"twilio\",\"validate\":\"never\",\"credential\":{\"accountSid\":\"%s\",\"authToken\":\"%s\"}}"
                .formatted(sid, token);
    }

    static String rotate(String apiKey, String overlap) {
        return "{\"overlap\":\"%s\",\"credential\":{\"apiKey\":\"%s\"}}".formatted(overlap, apiKey);
    }

    static String resolve(String user, String provider) {
        return resolve(user, provider, "");
    }

    /** @param more further members of the object, each after a comma */
    static String resolve(String user, String provider, String more) {
        return "{\"userId\":\"%s\",\"provider\":\"%s\",\"purpose\":\"answer the user\"%s}"
                .formatted(user, provider, more);
    }

    /** One record of a usage report. */
    static String usage(String id, String user, String provider, String keyId, String more) {
        return "{\"id\":\"%s\",\"userId\":\"%s\",\"provider\":\"%s\",\"keyId\":\"%s\",%s}"
                .formatted(id, user, provider, keyId, more);
    }

    static String keysOf(String user) {
        return "/v1/users/" + Api.encoded(user) + "/keys";
    }

    static String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
