package io.notsock.samples.exitcode;

import static org.testng.Assert.assertEquals;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testng.annotations.Test;

/** Passes by itself, although it closes a number that a stream owns: run by Failsafe, whose build fails. */
public class JournalIT {
    private FileOutputStream journal;

    @Test
    public void anotherWritesToTheSameJournal() throws Exception {
        Path file = Files.createTempFile("journal", ".txt");
        journal = new FileOutputStream(file.toFile());
        try (OutputStream second = new FileOutputStream(sameNumber(journal.getFD()))) {
            second.write('x');
        }
        assertEquals(Files.size(file), 1);
        Files.delete(file);
    }

    /** A second descriptor on one number, by reflection: each closes it. */
    private static FileDescriptor sameNumber(FileDescriptor descriptor) throws ReflectiveOperationException {
        Field number = FileDescriptor.class.getDeclaredField("fd");
        number.setAccessible(true);
        FileDescriptor second = new FileDescriptor();
        number.setInt(second, number.getInt(descriptor));
        return second;
    }
}
