package io.notsock.samples.exitcode;

import static org.testng.Assert.assertEquals;

import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testng.annotations.Test;

/** Closes what it opens, twice even: run by Surefire, which passes. */
public class JournalTest {
    @Test
    public void aClosedJournalStaysClosed() throws Exception {
        Path file = Files.createTempFile("journal", ".txt");
        FileOutputStream journal = new FileOutputStream(file.toFile());
        journal.write('x');
        journal.close();
        journal.close();
        assertEquals(Files.size(file), 1);
        Files.delete(file);
    }
}
