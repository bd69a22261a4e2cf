package io.byok.platform.postgres;

/**
 * The first halves of the keys of all advisory locks; the second is the lane. They stand in one table because a number
 * that two parts use makes one of them wait for the other for ever.
 */
public final class AdvisoryLocks {

    /** Held by one transaction at a time while it appends to a lane. */
    public static final int APPEND = 0x62796f6b;

    /** Held by the session of a lane's active relay. */
    public static final int RELAY = 0x62796f6c;

    /** Held by the session that feeds the read models from a lane. */
    public static final int FEED = 0x62796f6d;

    /** Held while roles and grants are made, by {@code db/platform/afterMigrate__query_role.sql}. */
    public static final int ROLES = 0x62796f6e;

    /** Held by the session that runs a rotation of keys; the second half is the level. */
    public static final int ROTATION = 0x62796f70;

    private AdvisoryLocks() {}
}
