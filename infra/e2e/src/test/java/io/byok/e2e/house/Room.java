package io.byok.e2e.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packages that rules speak of. A new feature or mechanic is one line here. */
enum Room {
    KERNEL("io.byok.kernel"),
    PLATFORM("io.byok.platform"),
    SEAL("io.byok.platform.seal"),
    KAFKA("io.byok.platform.kafka"),
    ENGINES("io.byok.engines"),
    STANDALONE("io.byok.standalone"),
    COMMAND("io.byok.command"),
    QUERY("io.byok.query"),

    KEY("io.byok.command.key"),
    ERASE("io.byok.command.erase"),
    HOLD("io.byok.command.hold"),
    RETENTION("io.byok.command.retention"),
    SUBJECT("io.byok.command.subject"),
    TENANT("io.byok.command.tenant"),
    ACCESS("io.byok.command.access"),
    CHAIN("io.byok.command.chain"),
    USE("io.byok.command.use"),
    USAGE("io.byok.command.usage"),
    ROTATION("io.byok.command.rotation"),
    TRAIL("io.byok.command.trail"),

    VALIDATION("io.byok.command.validation"),

    BUS("io.byok.command.bus"),
    HEAD("io.byok.command.head"),
    HTTP("io.byok.command.http"),
    STORE("io.byok.command.store"),
    RELAY("io.byok.command.relay"),
    VAULT("io.byok.command.vault"),
    SINK("io.byok.command.sink"),

    PROVIDER("io.byok.command.provider"),

    FEED("io.byok.query.feed"),
    QUERY_WEB("io.byok.query.web"),
    QUERY_WALL("io.byok.query.wall"),
    QUERY_TRAIL("io.byok.query.trail"),
    REPLAY("io.byok.query.replay");

    static final List<Room> FEATURES = List.of(
            KEY, SUBJECT, ERASE, HOLD, RETENTION, TENANT, ACCESS, CHAIN, USE, USAGE, ROTATION, TRAIL, VALIDATION);
    static final List<Room> MECHANICS = List.of(BUS, HEAD, HTTP, STORE, RELAY, VAULT, SINK);

    private final String prefix;

    Room(String prefix) {
        this.prefix = prefix;
    }

    /** The name of the package. */
    String root() {
        return prefix;
    }

    /** The package and everything below it, as ArchUnit writes it. */
    String all() {
        return prefix + "..";
    }

    static String[] all(List<Room> rooms) {
        return rooms.stream().map(Room::all).toArray(String[]::new);
    }

    /** Patterns of rooms and of packages that are not ours, for an allow-list. */
    static String[] and(List<Room> rooms, String... foreign) {
        List<String> patterns = new ArrayList<>(Arrays.asList(all(rooms)));
        patterns.addAll(Arrays.asList(foreign));
        return patterns.toArray(String[]::new);
    }

    static DescribedPredicate<JavaClass> anyOf(List<Room> rooms) {
        return JavaClass.Predicates.resideInAnyPackage(all(rooms));
    }

    boolean holds(JavaClass type) {
        return type.getPackageName().equals(prefix) || type.getPackageName().startsWith(prefix + ".");
    }
}
