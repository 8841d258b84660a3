package io.notsock.model;

import io.notsock.evidence.Witness;
import io.notsock.handle.Space;

/** Gives out the lowest free number, refuses to close a free one, and knows in truth who holds what. */
final class FakeOs implements Witness {
    private final Tenure[] holders;

    FakeOs(int limit) {
        holders = new Tenure[limit];
        for (int standard = 0; standard < 3; standard++) {
            holders[standard] = new Tenure(standard);
        }
    }

    int limit() {
        return holders.length;
    }

    /** The number that the next open gets, or -1 when all are taken. */
    int lowestFree() {
        for (int number = 0; number < holders.length; number++) {
            if (holders[number] == null) {
                return number;
            }
        }
        return -1;
    }

    Tenure holder(int number) {
        return holders[number];
    }

    Tenure open() {
        return dup2(lowestFree());
    }

    /** Whether the number was open (true) or the call failed with EBADF. */
    boolean close(int number) {
        boolean open = holders[number] != null;
        holders[number] = null;
        return open;
    }

    Tenure dup2(int number) {
        Tenure tenure = new Tenure(number);
        holders[number] = tenure;
        return tenure;
    }

    @Override
    public Answer ask(Space space, long number) {
        return holders[(int) number] != null ? Answer.OPEN : Answer.CLOSED;
    }

    @Override
    public String describe(Space space, long number) {
        return null;
    }
}
