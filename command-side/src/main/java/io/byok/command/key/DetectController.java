package io.byok.command.key;

import io.byok.command.provider.Catalogue;
import io.byok.command.provider.Detection;
import io.byok.command.vault.SecretBytes;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whose key a pasted text most likely is, for a form that chooses the provider by itself. The text is looked at and
 * wiped: nothing is stored, recorded or sent anywhere, and the answer repeats nothing of it.
 */
@RestController
class DetectController {

    private final Detection detection;

    DetectController(Catalogue catalogue) {
        this.detection = catalogue.detection();
    }

    @PostMapping("/v1/providers/detect")
    @Confines // touches nothing that is anybody's
    @RequiresScope(Scopes.PROVIDERS_READ)
    ResponseEntity<Detection.Detected> detect(@RequestBody DetectBody body) {
        try (SecretBytes text = body.text()) {
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(text.exposeForIntake(this::detect));
        }
    }

    private Detection.Detected detect(byte[] utf8) {
        CharBuffer characters = CharBuffer.allocate(utf8.length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), characters, true);
            return detection.detect(characters.flip());
        } finally {
            Arrays.fill(characters.array(), '\0');
        }
    }
}
