package io.notsock.samples.healthy;

import io.notsock.samples.healthy.Healthy.Habit;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Files and processes, closed more often than opened. */
@SuppressWarnings("try") // a resource that is closed by hand as well is what this is about
final class Streams {
    private Streams() {}

    static void addTo(Map<String, Habit> habits) {
        habits.put("a stream in try-with-resources, closed by hand as well", Streams::stream);
        habits.put("two streams that share one descriptor, both closed", Streams::sharedDescriptor);
        habits.put("a file closed through its channel, then through itself", Streams::channelAndFile);
        habits.put("a zip file and the streams of its entries", Streams::zip);
        habits.put("a directory stream", Streams::folder);
        habits.put("the pipes of a process that has ended already", Streams::process);
    }

    private static void stream() throws Exception {
        Path file = Files.createTempFile("healthy", ".txt");
        try (InputStream in = new FileInputStream(file.toFile())) {
            in.read();
            in.close();
        } finally {
            Files.delete(file);
        }
    }

    private static void sharedDescriptor() throws Exception {
        Path file = Files.createTempFile("healthy", ".txt");
        try (FileOutputStream one = new FileOutputStream(file.toFile());
                FileOutputStream other = new FileOutputStream(one.getFD())) {
            other.write('x');
        } finally {
            Files.delete(file);
        }
    }

    private static void channelAndFile() throws Exception {
        Path path = Files.createTempFile("healthy", ".txt");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
                FileChannel channel = file.getChannel()) {
            channel.close();
            file.close();
        } finally {
            Files.delete(path);
        }
    }

    private static void zip() throws Exception {
        Path path = Files.createTempFile("healthy", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
            out.putNextEntry(new ZipEntry("entry"));
            out.close();
        }
        try (ZipFile zip = new ZipFile(path.toFile());
                InputStream entry = zip.getInputStream(zip.getEntry("entry"))) {
            zip.close();
            entry.close();
        } finally {
            Files.delete(path);
        }
    }

    private static void folder() throws Exception {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(Path.of("/"))) {
            folder.forEach(entry -> {});
            folder.close();
        }
    }

    private static void process() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        process.getInputStream().close();
        process.getOutputStream().close();
        process.getErrorStream().close();
        process.destroy();
        process.getInputStream().close();
    }
}
