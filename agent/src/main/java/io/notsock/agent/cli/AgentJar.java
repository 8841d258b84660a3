package io.notsock.agent.cli;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Where the jar lies that this command runs from, whatever it is called. */
final class AgentJar {
    private AgentJar() {}

    static Path path() throws IOException {
        URL inside = AgentJar.class.getClassLoader().getResource("start.image");
        if (inside == null) {
            throw new IOException("this command does not run from the agent's jar");
        }
        try {
            return Path.of(
                    ((JarURLConnection) inside.openConnection()).getJarFileURL().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
