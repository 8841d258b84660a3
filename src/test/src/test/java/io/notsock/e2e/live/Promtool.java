package io.notsock.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own checker, which {@code .ci/promtool} gets and {@code NOTSOCK_PROMTOOL} names. */
public final class Promtool {
    private Promtool() {}

    public static boolean there() {
        String tool = System.getenv("NOTSOCK_PROMTOOL");
        return Jdks.there(
                tool != null && Files.isExecutable(Path.of(tool)),
                "metrics and rules not checked by promtool: NOTSOCK_PROMTOOL is not set; .ci/promtool gets one");
    }

    /** Runs it and expects success; returns what it said. */
    public static String run(Path input, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getenv("NOTSOCK_PROMTOOL")));
        command.addAll(List.of(words));
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process process = builder.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
