package io.notsock.e2e.windows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lives of handles as the agent's journal tells them: what opened each number, and what does not fit together. */
final class HandleJournal {
    private static final int WHAT = 1;
    private static final int SPACE = 2;
    private static final int NUMBER = 3;
    private static final int HOOK = 4;
    private static final int OUTCOME = 7;
    private static final int WHO = 9;

    /** Number to the hook that opened it, for what is open at the end. */
    final Map<String, String> open = new HashMap<>();

    /** How often each hook was told of an event. */
    final Map<String, Integer> events = new TreeMap<>();

    /** Closes of what was not open, opens of what was: by hook. */
    final Map<String, Integer> odd = new TreeMap<>();

    /** @param lines of the journal, up to where the program stays healthy */
    HandleJournal(List<String> lines) {
        for (String line : lines) {
            String[] fields = line.split("\t");
            if (fields.length > WHO && fields[WHO].equals("app")) {
                take(fields);
            }
        }
    }

    private void take(String[] fields) {
        String number = fields[SPACE] + " " + fields[NUMBER];
        String hook = fields[HOOK];
        String outcome = fields[OUTCOME];
        events.merge(hook, 1, Integer::sum);
        switch (fields[WHAT]) {
            case "open", "adopt" -> {
                if (outcome.equals("ok") && open.put(number, hook) != null) {
                    odd.merge("opened twice: " + hook, 1, Integer::sum);
                }
            }
            case "close" -> {
                if ((outcome.equals("ok") || outcome.equals("suspicious")) && open.remove(number) == null) {
                    odd.merge("not open: " + hook, 1, Integer::sum);
                }
            }
            case "release" -> {
                if (outcome.equals("ok")) {
                    open.remove(number);
                }
            }
            default -> {}
        }
    }
}
