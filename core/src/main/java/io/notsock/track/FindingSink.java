package io.notsock.track;

/** Where findings go. Called in the application's thread: takes or drops at once, never blocks, never throws. */
public interface FindingSink {
    void offer(Finding finding);
}
