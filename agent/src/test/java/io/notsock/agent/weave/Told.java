package io.notsock.agent.weave;

import java.util.List;

/** Writes down what a weaver could not do. */
record Told(List<String> told) implements Weaver.Listener {
    @Override
    public void missing(int entry, String target) {
        told.add("missing " + entry);
    }

    @Override
    public void absent(int entry) {
        told.add("absent " + entry);
    }

    @Override
    public void roadMissing(String className) {
        told.add("road " + className);
    }

    @Override
    public void landmarkMissing(String className) {
        told.add("landmark " + className);
    }

    @Override
    public void failed(String className, Throwable reason) {
        told.add("failed " + className + " " + reason);
    }
}
