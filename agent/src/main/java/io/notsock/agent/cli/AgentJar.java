package io.notsock.agent.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the jar lies that this command runs from, whatever it is called. */
final class AgentJar {
    private AgentJar() {}

    static Path path() throws IOException {
        try {
            return Path.of(AgentJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
