package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellBlocksTest {

    private static final String DOCUMENT = """
            # A page
            ```bash
            WHO=world
            echo "hello $WHO"
            # shows: hello world
            ```
            ```json
            {"not": "run"}
            ```
                echo not run either
            ```bash
            echo "still $WHO"
            # shows: still
            # shows: world
            ```
            """;

    @Test
    void only_shell_blocks_are_taken_with_what_they_show() {
        ShellBlocks blocks = ShellBlocks.of(DOCUMENT);
        assertThat(blocks.blocks()).hasSize(2);
        assertThat(blocks.blocks().getFirst().line()).isEqualTo(3);
        assertThat(blocks.blocks().getFirst().shows()).containsExactly("hello world");
        assertThat(blocks.blocks().getLast().shows()).containsExactly("still", "world");
    }

    @Test
    void blocks_are_one_session_and_their_outputs_are_told_apart() {
        ShellBlocks blocks = ShellBlocks.of(DOCUMENT);
        Shell.Ran ran = Shell.run(blocks.script());
        assertThat(ran.exit()).isZero();
        assertThat(blocks.outputs(ran.output())).containsExactly("hello world\n", "still world\n");
    }

    @Test
    void a_command_that_fails_ends_it() {
        ShellBlocks blocks = ShellBlocks.of("```bash\nfalse | cat\n```\n```bash\necho never\n```\n");
        Shell.Ran ran = Shell.run(blocks.script());
        assertThat(ran.exit()).isNotZero();
        assertThat(blocks.outputs(ran.output())).hasSize(1);
    }

    @Test
    void a_block_without_an_end_is_no_block() {
        assertThatThrownBy(() -> ShellBlocks.of("```bash\necho\n")).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
