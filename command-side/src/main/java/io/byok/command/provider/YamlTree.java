package io.byok.command.provider;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML with the surprises taken out: maps, lists and texts only. No tags, so no class is ever named by a file; no
 * guessing of types, so {@code no} is a text and not false; a key stands once; aliases cannot swell the tree.
 */
final class YamlTree {

    private static final int MOST_NODES = 20_000;
    private static final int DEEPEST = 20;

    private final String file;
    private final @Nullable Node root;
    private int nodes;
    private int depth;

    private YamlTree(String file, @Nullable Node root) {
        this.file = file;
        this.root = root;
    }

    static YamlTree parse(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(DEEPEST);
        try {
            return new YamlTree(file, new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            throw new BrokenCatalogue(file, place(e.getProblemMark().getLine()), e.getProblem());
        } catch (YAMLException e) {
            throw new BrokenCatalogue(
                    file, "", String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
        }
    }

    /** Maps, lists and texts, in the order of the file. */
    Object values() {
        if (root == null) {
            throw new BrokenCatalogue(file, "", "is empty");
        }
        return value(root);
    }

    /** Where something stands, as {@code line 12 (fields[0].label)}. */
    String place(List<Object> path) {
        Node node = root;
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            node = child(node, step);
            text.append(step instanceof Integer ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
        }
        String line = node == null ? "" : place(node.getStartMark().getLine());
        return text.isEmpty() ? line : line + " (" + text + ")";
    }

    private static String place(int line) {
        return "line " + (line + 1);
    }

    /** The child, or the nearest thing that exists: an absent property stands where its owner does. */
    private static @Nullable Node child(@Nullable Node node, Object step) {
        if (node instanceof SequenceNode list
                && step instanceof Integer index
                && index < list.getValue().size()) {
            return list.getValue().get(index);
        }
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return entry.getValueNode();
                }
            }
        }
        return node;
    }

    private Object value(Node node) {
        if (++nodes > MOST_NODES) {
            throw new BrokenCatalogue(file, "", "is larger than any catalogue file");
        }
        String at = place(node.getStartMark().getLine());
        if (!node.getTag().startsWith("tag:yaml.org,2002:")) {
            throw new BrokenCatalogue(file, at, "tags are not read here");
        }
        // An alias may stand inside of what it is an alias of.
        if (++depth > DEEPEST) {
            throw new BrokenCatalogue(file, at, "is nested too deep");
        }
        Object read = switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode list -> {
                List<Object> values = new ArrayList<>();
                list.getValue().forEach(one -> values.add(value(one)));
                yield values;
            }
            case MappingNode map -> entries(map);
            default -> throw new BrokenCatalogue(file, at, "is neither a map, a list nor a text");
        };
        depth--;
        return read;
    }

    private Map<String, Object> entries(MappingNode map) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
            String at = place(entry.getKeyNode().getStartMark().getLine());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new BrokenCatalogue(file, at, "a key is a text");
            }
            if (values.put(key.getValue(), value(entry.getValueNode())) != null) {
                throw new BrokenCatalogue(file, at, "\"" + key.getValue() + "\" stands twice");
            }
        }
        return values;
    }
}
