package io.notsock.samples.kinds;

/** Closes a wrapper twice: when it is done, and in a finally block. */
public final class DoubleClose {
    private DoubleClose() {}

    public static void main(String[] args) {
        Device device = new Device("/dev/null");
        try {
            device.send("hello");
            device.close(); // "to be on the safe side"
        } finally {
            device.close();
        }
    }
}
