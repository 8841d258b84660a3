package io.notsock.memory;

/** How much of the heap is in use. */
final class Heap {
    private Heap() {}

    /** Bytes in use after collections that change nothing any more. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            long now = runtime.totalMemory() - runtime.freeMemory();
            if (now >= used) {
                break;
            }
            used = now;
        }
        return used;
    }
}
