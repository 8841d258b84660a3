package io.notsock.model;

/** One real thread that plays several: the tracker asks for id and name only, which say who acts and in which event. */
final class Actor extends Thread {
    private volatile long id = 1;

    Actor(Runnable program) {
        super(null, program, "model", 0, false);
    }

    @Override
    public long getId() {
        return id;
    }

    void plays(long thread, String event) {
        id = thread;
        setName(event);
    }
}
