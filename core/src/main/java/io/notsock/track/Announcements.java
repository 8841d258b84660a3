package io.notsock.track;

/**
 * Tells the hook inside a method that the hook on the call of that method has told the event already.
 *
 * <p>A library's {@code close(int)} is called by its channels, whose identity the call site knows, and by anybody else, who
 * is seen only inside. Nothing runs between the two hooks, so what a thread has announced is taken by its next event.
 */
final class Announcements {
    private final ThreadLocal<Long> announced = new ThreadLocal<>();

    void announce(long number) {
        announced.set(number);
    }

    /** Whether this thread has just announced this number; asked once. */
    boolean taken(long number) {
        Long last = announced.get();
        if (last == null) {
            return false;
        }
        announced.remove();
        return last == number;
    }
}
