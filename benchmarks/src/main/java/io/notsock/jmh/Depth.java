package io.notsock.jmh;

import java.util.concurrent.Callable;

/** Runs something under a stack of so many more frames. */
final class Depth {
    private Depth() {}

    static <T> T at(int frames, Callable<T> body) throws Exception {
        return frames <= 0 ? body.call() : at(frames - 1, body);
    }
}
