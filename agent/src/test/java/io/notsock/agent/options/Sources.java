package io.notsock.agent.options;

import java.io.FileNotFoundException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The four places options come from, for one test. */
final class Sources {
    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private String argument;
    private boolean windows;

    static Sources argument(String argument) {
        Sources sources = new Sources();
        sources.argument = argument;
        return sources;
    }

    static Sources none() {
        return new Sources();
    }

    Sources property(String name, String value) {
        properties.setProperty(name, value);
        return this;
    }

    Sources variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Sources file(String path, String text) {
        files.put(path, text);
        return this;
    }

    Sources onWindows() {
        windows = true;
        return this;
    }

    Options read() {
        OptionsParser.ConfigReader reader = path -> {
            if (!files.containsKey(path)) {
                throw new FileNotFoundException(path);
            }
            return new StringReader(files.get(path));
        };
        return new OptionsParser(windows, reader).read(argument, properties, environment);
    }
}
