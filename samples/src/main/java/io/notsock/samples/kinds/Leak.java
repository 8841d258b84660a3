package io.notsock.samples.kinds;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens a file for each request and never closes it. */
public final class Leak {
    private static final List<FileInputStream> KEPT = new ArrayList<>();

    private Leak() {}

    public static void main(String[] args) throws IOException {
        for (int i = 0; i < 3; i++) {
            KEPT.add(answer());
        }
    }

    private static FileInputStream answer() throws IOException {
        return new FileInputStream("/dev/zero");
    }
}
