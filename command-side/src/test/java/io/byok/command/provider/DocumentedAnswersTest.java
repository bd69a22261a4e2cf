package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the shapes that the providers document, written down apart from the catalogue. */
class DocumentedAnswersTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    openai | apiKey | 200 | {"object":"list","data":[{"id":"gpt-x","object":"model"}]} | VALID
                    openai | apiKey | 401 | {"error":{"message":"Incorrect API key provided: sk-fake","type":"invalid_request_error","param":null,"code":"invalid_api_key"}} | INVALID
                    openai | apiKey | 401 | {"error":{"message":"Your IP address is not on the allowlist","code":null}} | IP_BLOCKED
                    openai | apiKey | 403 | {"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported"}} | REGION_BLOCKED
                    openai | apiKey | 403 | {"error":{"message":"You have insufficient permissions for this operation. Missing scopes: api.model.read."}} | VALID_LIMITED
                    openai | apiKey | 429 | {"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}} | NO_QUOTA
                    openai | apiKey | 429 | {"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}} | RATE_LIMITED
                    openai | apiKey | 503 | {"error":{"message":"overloaded"}} | UNREACHABLE
                    anthropic | apiKey | 200 | {"data":[],"has_more":false} | VALID
                    anthropic | apiKey | 401 | {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}} | INVALID
                    anthropic | apiKey | 401 | {"type":"error","error":{"type":"authentication_error","message":"CORS requests are not allowed for this Organization"}} | UNREACHABLE
                    anthropic | apiKey | 403 | {"type":"error","error":{"type":"permission_error","message":"Your API key does not have permission"}} | VALID_LIMITED
                    anthropic | apiKey | 400 | {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}} | NO_QUOTA
                    anthropic | apiKey | 400 | {"type":"error","error":{"type":"invalid_request_error","message":"unknown parameter"}} | UNREACHABLE
                    anthropic | apiKey | 402 | {"type":"error","error":{"type":"billing_error","message":"..."}} | NO_QUOTA
                    anthropic | apiKey | 429 | {"type":"error","error":{"type":"rate_limit_error","message":"..."}} | RATE_LIMITED
                    anthropic | apiKey | 529 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}} | UNREACHABLE
                    deepgram | apiKey | 200 | {"api_key_id":"1","scopes":["usage:read"]} | VALID
                    deepgram | apiKey | 401 | {"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."} | INVALID
                    deepgram | apiKey | 402 | {"err_code":"ASR_PAYMENT_REQUIRED"} | NO_QUOTA
                    deepgram | apiKey | 403 | {"err_code":"FORBIDDEN","err_msg":"lacks scope"} | VALID_LIMITED
                    twilio | authToken | 200 | {"sid":"AC0","status":"active","type":"Full","friendly_name":"Acme"} | VALID
                    twilio | authToken | 200 | {"sid":"AC0","status":"suspended"} | INVALID
                    twilio | authToken | 200 | {"sid":"AC0","status":"closed"} | INVALID
                    twilio | authToken | 401 | {"code":20003,"message":"Authenticate","status":401} | INVALID
                    twilio | authToken | 403 | {"code":20403,"message":"Forbidden","status":403} | INVALID
                    twilio | apiKey | 200 | {"messages":[],"page_size":1} | VALID
                    twilio | apiKey | 401 | {"code":70051,"message":"Authorization","status":401} | VALID_LIMITED
                    twilio | apiKey | 401 | {"code":20003,"message":"Authenticate","status":401} | INVALID
                    gemini | apiKey | 400 | {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"@type":"x"},{"reason":"API_KEY_INVALID"}]}} | INVALID
                    gemini | apiKey | 400 | {"error":{"code":400,"message":"Bad page size","status":"INVALID_ARGUMENT"}} | UNREACHABLE
                    gemini | apiKey | 401 | {"error":{"code":401,"details":[{"reason":"ACCESS_TOKEN_TYPE_UNSUPPORTED"}]}} | UNREACHABLE
                    cohere | apiKey | 200 | {"valid":true,"organization_id":"o"} | VALID
                    cohere | apiKey | 200 | {"valid":false} | INVALID
                    openrouter | apiKey | 200 | {"data":{"limit":10,"limit_remaining":0,"usage":10}} | NO_QUOTA
                    openrouter | apiKey | 200 | {"data":{"limit":null,"limit_remaining":null,"usage":1}} | VALID
                    elevenlabs | apiKey | 401 | {"detail":{"status":"missing_permissions","message":"..."}} | VALID_LIMITED
                    elevenlabs | apiKey | 401 | {"detail":{"status":"invalid_api_key","message":"..."}} | INVALID
                    elevenlabs | apiKey | 401 | {"detail":{"status":"quota_exceeded","message":"..."}} | NO_QUOTA
                    vonage | apiSecret | 200 | {"value":10.28,"autoReload":false} | VALID
                    vonage | apiSecret | 401 | {"error-code":"401"} | INVALID
                    telnyx | apiKey | 200 | {"data":{"balance":"1.00","available_credit":"1.00","currency":"USD"}} | VALID
                    telnyx | apiKey | 403 | {"errors":[{"code":"10010"}]} | VALID_LIMITED
                    xai | apiKey | 400 | {"code":"x","error":"Incorrect API key provided"} | INVALID
                    deepseek | apiKey | 200 | {"is_available":false,"balance_infos":[]} | NO_QUOTA
                    bedrock | accessKey | 403 | {"Error":{"Code":"SignatureDoesNotMatch","Type":"Sender"}} | INVALID
                    bedrock | apiKey | 403 | {"Message":"User: x is not authorized to perform: bedrock:ListFoundationModels"} | VALID_LIMITED
                    azure-openai | apiKey | 403 | {"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}} | IP_BLOCKED
                    together | apiKey | 200 | [{"id":"model"}] | VALID
                    """)
    void a_documented_answer_is_read_as_what_it_means(
            String id, String form, int status, String body, Outcome outcome) {
        Provider provider = CATALOGUE.find(id).orElseThrow();
        CredentialForm sent = provider.forms().stream()
                .filter(one -> one.name().equals(form))
                .findFirst()
                .orElseThrow();

        Reading read =
                CATALOGUE.reading(provider, sent).classify(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));

        assertThat(read.outcome()).as(read.because()).isEqualTo(outcome);
    }
}
