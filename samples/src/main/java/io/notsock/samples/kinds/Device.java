package io.notsock.samples.kinds;

/** A wrapper of a raw descriptor as it is often written: it does not remember that it was closed. This is the bug. */
final class Device implements AutoCloseable {
    private final int number;

    Device(String path) {
        number = Libc.C.open(path, Libc.O_RDWR);
    }

    int send(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Libc.C.write(number, bytes, bytes.length);
    }

    @Override
    public void close() {
        Libc.C.close(number);
    }
}
