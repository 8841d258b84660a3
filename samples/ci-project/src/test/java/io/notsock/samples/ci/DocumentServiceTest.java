package io.notsock.samples.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing in here knows of notsock. */
class DocumentServiceTest {
    @TempDir
    private Path folder;

    private DocumentService service;

    @BeforeEach
    void start() throws IOException {
        service = new DocumentService(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void handsOutADocument() throws IOException {
        Files.write(folder.resolve("letter.txt"), "Dear reader".getBytes(StandardCharsets.UTF_8));

        HttpURLConnection connection =
                (HttpURLConnection) new URL("http://localhost:" + service.port() + "/letter.txt").openConnection();
        try (InputStream in = connection.getInputStream()) {
            assertEquals("Dear reader", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void listensOnAPortOfItsOwn() throws IOException {
        try (DocumentService second = new DocumentService(folder)) {
            assertNotEquals(service.port(), second.port());
        }
    }
}
