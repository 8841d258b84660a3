package io.notsock.registry;

import java.lang.ref.Reference;

/**
 * For each number, the owner that was last seen operating on it while it was its own: what woven code asks first, so that
 * reads and writes of a healthy handle cost two loads and touch nothing else of the agent's.
 *
 * <p>Design. An entry says that the number's current life is live and has this owner. It is made by a use that has found so,
 * and taken out by everything that ends that: a close, a kill, another life of the number. Not by {@link Life#forget} and
 * {@link Life#release}: of a life in that state uses are silent anyway. So a wrong entry can hide a misuse, never invent one;
 * and none stays behind: a use enters, then confirms by a CAS on the life's state that it is still live; whoever ends the life
 * changes the state first, then takes the entry out, and has seen the use's CAS if that came first.
 *
 * <p>One table for the process, as there is one space of small numbers in a process. It is an array of {@code java.base}'s
 * own types, because {@code java.io.NotsockHooks} holds it and reads it. Numbers beyond its end are never known. Registries
 * that share it (in tests) only make each other ask again: an entry matches by the identity of an owner.
 *
 * <p>Thread-safe and lock-free. Entries are weak references, so no owner is kept alive.
 */
public final class KnownUsers {
    /** The same in {@code java.io.NotsockHooks}, which can share no class with the agent. */
    private static final int LOW_BITS = 4;

    private static Reference<?>[] table = {};

    private KnownUsers() {}

    /**
     * Has this array read and written from now on. Before the first class is woven.
     *
     * @param shared its length is a power of two, at least 16
     */
    public static void share(Reference<?>[] shared) {
        table = shared;
    }

    /** Whether this object was seen using this number rightly, and nothing has ended that. As woven code asks it. */
    public static boolean knows(Object owner, long number) {
        Reference<?>[] users = table;
        if (number < 0 || number >= users.length) {
            return false;
        }
        Reference<?> user = users[place(users, (int) number)];
        return user != null && user.get() == owner;
    }

    /** This owner of a life has been seen using its number, and the life was live. */
    static void enter(Registry registry, Life life, OwnerRef owner) {
        Reference<?>[] users = table;
        long number = life.number();
        if (number < users.length) {
            int place = place(users, (int) number);
            users[place] = owner;
            if (!life.confirmLive() || registry.current(life.space(), number) != life) {
                users[place] = null;
            }
        }
    }

    /** What was known of this number holds no more. */
    static void takeOut(long number) {
        Reference<?>[] users = table;
        if (number >= 0 && number < users.length) {
            int place = place(users, (int) number);
            if (users[place] != null) {
                users[place] = null;
            }
        }
    }

    /** Neighbouring numbers are 64 bytes or more apart, so that threads which open and close them share no cache line. */
    private static int place(Reference<?>[] users, int number) {
        return ((number << (bits(users) - LOW_BITS)) | (number >>> LOW_BITS)) & (users.length - 1);
    }

    private static int bits(Reference<?>[] users) {
        return Integer.numberOfTrailingZeros(users.length);
    }
}
