package io.notsock.agent.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The words behind a command, taken one by one: options with values in any place, and the rest. */
final class Words {
    private final List<String> words;
    private String problem;

    Words(List<String> args) {
        words = new ArrayList<>(args);
    }

    /** The value of the last such option, or {@code null}; {@code --name VALUE} and {@code --name=VALUE}. */
    String option(String name) {
        List<String> values = options(name);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** The values of an option that may be given more than once. */
    List<String> options(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            String word = words.get(i);
            if (word.equals(name)) {
                words.remove(i);
                if (i == words.size()) {
                    problem = name + " needs a value";
                    return values;
                }
                values.add(words.remove(i));
            } else if (name.startsWith("--") && word.startsWith(name + "=")) {
                values.add(words.remove(i).substring(name.length() + 1));
            } else {
                i++;
            }
        }
        return values;
    }

    /** One of these words, in any case; the default where the option is missing. */
    String oneOf(String name, Collection<String> accepted, String byDefault) {
        String value = option(name);
        if (value == null) {
            return byDefault;
        }
        for (String word : accepted) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        problem = name + " '" + value + "'; accepted: " + String.join(", ", accepted);
        return byDefault;
    }

    /** What is left once the options are taken. */
    List<String> rest() {
        for (String word : words) {
            if (word.startsWith("-") && word.length() > 1 && problem == null) {
                problem = "unknown option '" + word + "'";
            }
        }
        return words;
    }

    /** What was wrong with the options so far, or {@code null}. */
    String problem() {
        return problem;
    }
}
