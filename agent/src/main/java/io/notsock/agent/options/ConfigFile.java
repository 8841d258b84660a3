package io.notsock.agent.options;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The properties file that {@code config} names; apart from the parser, so that its readers load only if needed. */
final class ConfigFile {
    private ConfigFile() {}

    /** What stands in it, or the exception that says why it cannot be read: all of it or nothing. */
    static Properties load(String path, OptionsParser.ConfigReader configReader) throws IOException {
        Properties file = new Properties();
        try (Reader reader = new BufferedReader(configReader == null ? open(path) : configReader.open(path))) {
            skipByteOrderMark(reader);
            file.load(reader);
        }
        return file;
    }

    /** With a decoder that refuses what is not UTF-8, rather than one that replaces it. */
    private static Reader open(String path) throws IOException {
        return new InputStreamReader(new FileInputStream(path), StandardCharsets.UTF_8.newDecoder());
    }

    private static void skipByteOrderMark(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }
}
