package io.notsock.track;

import io.notsock.registry.Life;

/**
 * Is told of every handle of the application that was opened or closed, in the thread that did it and below its call. Must
 * be quick, may not throw; what it opens itself is not told.
 */
public interface LifeListener {
    /** A life was begun by an open, an adoption or a replacement. */
    void opened(Life life);

    /** A life ended by a close that this thread made, rightful or not; {@link Life#closed()} is that act. */
    void closed(Life life);
}
