package io.notsock.samples.kinds;

/** Writes to a wrapper that is closed already. */
public final class UseAfterClose {
    private UseAfterClose() {}

    public static void main(String[] args) {
        Device device = new Device("/dev/null");
        device.close();
        System.out.println("sent " + device.send("too late"));
    }
}
