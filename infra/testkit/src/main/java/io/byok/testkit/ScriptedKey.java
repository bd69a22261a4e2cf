package io.byok.testkit;

import java.util.TreeMap;

/** A key of the scripted service, as its operator made it. */
final class ScriptedKey {
    final TreeMap<Integer, byte[]> versions = new TreeMap<>();
    int oldest = 1;
    boolean derived = true;
    boolean exportable;
}
