package io.notsock.agent.hook;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The catalog's functions by their address. Asked at every call through a handle that is bound to no address, so a look-up
 * takes no lock and allocates nothing.
 */
final class Addresses {
    private static final int FIRST_SIZE = 1024;

    private volatile AtomicReferenceArray<Known> table = new AtomicReferenceArray<>(FIRST_SIZE);
    private int count;

    private static final class Known {
        final long address;
        final NativeFunction[] functions;

        Known(long address, NativeFunction[] functions) {
            this.address = address;
            this.functions = functions;
        }
    }

    /** What was put for this address, {@code null} for nothing. */
    NativeFunction[] get(long address) {
        AtomicReferenceArray<Known> t = table;
        int mask = t.length() - 1;
        for (int i = place(address, mask); ; i = (i + 1) & mask) {
            Known known = t.get(i);
            if (known == null) {
                return null;
            }
            if (known.address == address) {
                return known.functions;
            }
        }
    }

    synchronized void put(long address, NativeFunction[] functions) {
        if (2 * count >= table.length()) {
            AtomicReferenceArray<Known> larger = new AtomicReferenceArray<>(2 * table.length());
            for (int i = 0; i < table.length(); i++) {
                if (table.get(i) != null) {
                    set(larger, table.get(i));
                }
            }
            table = larger;
        }
        if (set(table, new Known(address, functions))) {
            count++;
        }
    }

    private static boolean set(AtomicReferenceArray<Known> t, Known known) {
        int mask = t.length() - 1;
        int i = place(known.address, mask);
        while (t.get(i) != null && t.get(i).address != known.address) {
            i = (i + 1) & mask;
        }
        boolean added = t.get(i) == null;
        t.set(i, known);
        return added;
    }

    /** Functions are aligned to 16 bytes. */
    private static int place(long address, int mask) {
        return (int) (address >>> 4) & mask;
    }
}
