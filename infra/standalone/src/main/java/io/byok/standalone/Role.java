package io.byok.standalone;

/** Which side a process runs. */
enum Role {
    ALL,
    COMMAND,
    QUERY;

    boolean includes(Role side) {
        return this == ALL || this == side;
    }
}
