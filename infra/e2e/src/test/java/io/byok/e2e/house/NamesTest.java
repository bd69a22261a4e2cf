package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names say what a thing is. */
class NamesTest {

    private static final Set<String> EMPTY_WORDS =
            Set.of("Impl", "Manager", "Service", "Helper", "Util", "Utils", "Dto", "DTO", "Base", "Abstract", "V2");

    /** A capital with what follows it, digits included: Base32Id is [Base32, Id]. */
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z]*[0-9]*");

    @Test
    void no_class_is_named_with_a_word_that_says_nothing() {
        assertThat(House.CLASSES.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> words(name).stream().anyMatch(EMPTY_WORDS::contains)))
                .as("a name made of %s tells nothing about what the class is for", EMPTY_WORDS)
                .isEmpty();
    }

    @Test
    void words_are_found_inside_of_names() {
        assertThat(words("KeyServiceImplV2")).containsExactly("Key", "Service", "Impl", "V2");
        assertThat(words("Base32Id")).containsExactly("Base32", "Id");
        assertThat(words("KeyDTO")).containsExactly("Key", "DTO");
        assertThat(words("AbstractKey")).containsExactly("Abstract", "Key");
    }

    private static List<String> words(String name) {
        return WORD.matcher(name).results().map(MatchResult::group).toList();
    }
}
