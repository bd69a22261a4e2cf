package io.byok.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shell blocks of a document in Markdown, and what each claims to show. Blocks are one session: later ones use what
 * earlier ones set.
 *
 * @param blocks in the order of the document
 */
record ShellBlocks(List<Block> blocks) {

    private static final String BEGIN = "```bash";
    private static final String END = "```";
    private static final String SHOWS = "# shows: ";
    private static final String SEPARATOR = "----8<---- block ";

    /**
     * One block.
     *
     * @param line of the document, from 1, where it begins
     * @param shows what its output must contain
     */
    record Block(int line, String script, List<String> shows) {}

    static ShellBlocks of(String markdown) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(BEGIN)) {
                int begin = i + 1;
                while (!lines.get(++i).strip().equals(END)) {} // a block without an end is an error: let it throw
                List<String> body = lines.subList(begin, i);
                List<String> shows = body.stream()
                        .filter(line -> line.startsWith(SHOWS))
                        .map(line -> line.substring(SHOWS.length()).strip())
                        .toList();
                blocks.add(new Block(begin + 1, String.join("\n", body), shows));
            }
        }
        return new ShellBlocks(blocks);
    }

    /** All blocks as one script, which ends at the first command that fails. */
    String script() {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append("echo '").append(SEPARATOR).append(i).append("'\n");
            script.append(blocks.get(i).script()).append('\n');
        }
        return script.toString();
    }

    /** What each block wrote; fewer than there are blocks when one failed. */
    List<String> outputs(String output) {
        List<String> parts = new ArrayList<>(Arrays.asList(output.split("(?m)^" + SEPARATOR + "\\d+\\R", -1)));
        parts.removeFirst(); // before the first
        return parts;
    }
}
