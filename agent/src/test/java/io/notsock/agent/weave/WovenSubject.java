package io.notsock.agent.weave;

/** A class with the shapes that make weaving hard: overwritten arguments, loops, wide locals, own handlers, a super call. */
@SuppressWarnings("unused") // reached by reflection, in a loader of its own
class WovenSubject {
    private final int number;
    private boolean closed;

    WovenSubject(int number, boolean loud) {
        super();
        int doubled = number;
        if (loud) {
            for (int i = 0; i < 1; i++) {
                doubled += number;
            }
        }
        this.number = doubled / 2;
    }

    int open(int a, String owner, long b, double c) {
        int sum = a;
        while (b > 0) {
            sum++;
            b--;
        }
        owner = "overwritten"; // the hook must still tell the argument as it came in
        if (c > 1) {
            double wide = c;
            return sum + (int) wide;
        }
        return sum + owner.length();
    }

    boolean pair(int[] numbers) {
        numbers[0] = 4;
        numbers[1] = 5;
        numbers = null;
        return numbers == null;
    }

    long halves(int high, int low) {
        return ((long) high << 32) | low;
    }

    int close(int n, long how) {
        while (how == 4) {
            how = 0;
        }
        if (how == 1) {
            return -1;
        }
        if (how == 2) {
            throw new IllegalStateException("refused");
        }
        if (how == 3) {
            try {
                throw new IllegalArgumentException("inner");
            } catch (IllegalArgumentException e) {
                return 33;
            }
        }
        return 0;
    }

    long use(String owner, long n) {
        long before = n;
        owner = "overwritten";
        n = owner.length();
        if (before == 6) {
            throw new IllegalStateException("refused");
        }
        return before;
    }

    int useOwn(int divisor) {
        return number / divisor;
    }

    void closeQuietly() {
        if (closed) {
            return;
        }
        closed = true;
    }

    int callRaw(int n) {
        long wide = 1L;
        try {
            return raw(wide, n);
        } finally {
            closed = false;
        }
    }

    /** Calls after the super call, with {@code this} on the stack. */
    WovenSubject(long how, int n) {
        super();
        this.number = raw(how, n);
    }

    int caught(int n) {
        double wide = 1.5;
        String text = "x";
        try {
            for (long i = 0; i < 2; i++) {
                text = "y" + (int) wide;
                raw(1L + i, n);
            }
            return 0;
        } catch (IllegalStateException e) {
            return e.getMessage().equals("refused") ? text.length() : -2; // what the locals were at the call
        }
    }

    /** The call lies between a new object and its constructor, with a wide value below. */
    long amid(int n) {
        long wide = 3;
        return wide * 2L + new StringBuilder(raw(wide, n)).append("abc").length();
    }

    int callLook(int n) {
        Object kept = n == 5 ? "five" : Integer.valueOf(n); // a merge of types, which the frames must not lose
        int seen = look(n);
        return seen + kept.toString().length();
    }

    private int look(int n) {
        if (n == 13) {
            throw new IllegalStateException("refused");
        }
        return n;
    }

    private static int raw(long how, int n) {
        if (n == 13) {
            throw new IllegalStateException("refused");
        }
        return how > 0 ? n : -1;
    }

    /** Closes at every depth of a recursion that overflows the stack, counting the closes that ran. */
    @SuppressWarnings("InfiniteRecursion") // that is the point
    void recurse(Integer[] closes) {
        try {
            recurse(closes);
        } catch (StackOverflowError e) {
            close(1, 0L);
            closes[0] = closes[0] + 1;
        }
    }
}
