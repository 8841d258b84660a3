package io.notsock.agent.cli;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogException;
import io.notsock.catalog.CatalogParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code java -jar notsock-agent.jar COMMAND}. Exit statuses: 0 fine, 2 usage, 3 cannot. */
public final class CommandLine {
    private static final int FINE = 0;
    private static final int USAGE = 2;
    private static final int CANNOT = 3;

    private CommandLine() {}

    /** Runs one command; the exit status. */
    public static int run(String[] args) {
        return run(args, System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String command = args.length == 0 ? "help" : args[0];
        switch (command) {
            case "help":
            case "--help":
            case "-h":
                help(out);
                return args.length == 0 ? USAGE : FINE;
            case "check-catalog":
                return args.length == 2 ? checkCatalog(args[1], out, err) : usage(err, "check-catalog FILE");
            default:
                err.println("notsock: unknown command '" + command + "'; accepted: check-catalog, help");
                return USAGE;
        }
    }

    private static void help(PrintStream out) {
        out.println("notsock: tracks the OS handles of a JVM and names who closed what twice");
        out.println();
        out.println("  java -javaagent:notsock-agent.jar[=key=value,...] ...   run a program under the agent");
        out.println("  java -jar notsock-agent.jar check-catalog FILE          check a catalog of handle APIs");
        out.println("  java -jar notsock-agent.jar help                        this text");
    }

    private static int usage(PrintStream err, String form) {
        err.println("notsock: usage: java -jar notsock-agent.jar " + form);
        return USAGE;
    }

    private static int checkCatalog(String file, PrintStream out, PrintStream err) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            CatalogParser parser = new CatalogParser();
            parser.read(file, in);
            Catalog catalog = parser.catalog();
            out.println(file + ": " + catalog.entries().size() + " entries, no errors");
            return FINE;
        } catch (CatalogException e) {
            err.println("notsock: " + e.getMessage());
            return CANNOT;
        } catch (IOException e) {
            err.println("notsock: " + file + " cannot be read: " + e);
            return CANNOT;
        }
    }
}
