package io.notsock.track;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** The hooks of woven code: one for each catalog entry, and more behind them for its targets that bear other names. */
public final class TargetHooks {
    private final Hook[] hooks;
    private final IdentityHashMap<Target, Integer> byTarget = new IdentityHashMap<>();

    /** @param ofEntries the entries' own hooks, in their order */
    public TargetHooks(List<Entry> entries, Hook[] ofEntries) {
        List<Hook> all = new ArrayList<>(Arrays.asList(ofEntries));
        for (int i = 0; i < entries.size(); i++) {
            int others = all.size();
            List<Hook> known = new ArrayList<>(List.of(ofEntries[i]));
            for (Target target : entries.get(i).targets()) {
                if (target.kind() != Target.Kind.FUNCTION) {
                    Hook hook = Hook.ofTarget(target, known);
                    int at = known.indexOf(hook);
                    if (at < 0) {
                        at = known.size();
                        known.add(hook);
                        all.add(hook);
                    }
                    byTarget.put(target, at == 0 ? i : others + at - 1);
                }
            }
        }
        hooks = all.toArray(new Hook[0]);
    }

    /** All of them; an entry's own has the entry's index. */
    public Hook[] hooks() {
        return hooks;
    }

    /** The index of a target's hook; the target has to be one of the entries' own. */
    public int of(Target target) {
        return byTarget.get(target);
    }
}
