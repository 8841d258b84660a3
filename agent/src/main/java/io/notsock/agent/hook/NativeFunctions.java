package io.notsock.agent.hook;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import io.notsock.os.MappedFiles;
import io.notsock.track.HookTable;
import io.notsock.track.Inside;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the catalog's entries for a native function, by its name and library or by its address.
 *
 * <p>Asked for every call through JNA, so the name decides first (a hash that the String has cached); the library is only
 * looked at for the few names the catalog knows, since other libraries have functions called {@code close} too. What was
 * found once is known by its address from then on.
 */
public final class NativeFunctions {
    private static final NativeFunction[] NONE = {};

    private final HookTable hooks;
    private final Inside inside;
    private final Addresses byAddress = new Addresses();
    private volatile MappedFiles mapped;
    /** Made at the first call of a native function that the program looks up by itself: most programs make none. */
    private volatile Map<String, NativeFunction[]> byName;

    /** @param inside for what is read in the application's thread */
    public NativeFunctions(HookTable hooks, Inside inside) {
        this.hooks = hooks;
        this.inside = inside;
    }

    private Map<String, NativeFunction[]> read() {
        Map<String, NativeFunction[]> map = new HashMap<>();
        for (int i = 0; i < hooks.catalog().size(); i++) {
            Entry entry = hooks.catalog().entry(i);
            if (entry != null) {
                for (Target target : entry.targets()) {
                    if (target.kind() == Target.Kind.FUNCTION) {
                        add(map, new NativeFunction(entry, target, hooks.byJna(i, target), hooks.byFfm(i, target)));
                    }
                }
            }
        }
        return map;
    }

    private static void add(Map<String, NativeFunction[]> map, NativeFunction function) {
        NativeFunction[] before = map.getOrDefault(function.target.name(), NONE);
        NativeFunction[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = function;
        map.put(function.target.name(), all);
    }

    private Map<String, NativeFunction[]> byName() {
        Map<String, NativeFunction[]> known = byName;
        if (known == null) {
            known = read();
            byName = known; // made twice by two threads, it says the same
        }
        return known;
    }

    /** The names of all functions in the catalog. */
    Set<String> names() {
        return byName().keySet();
    }

    /**
     * The catalog's entries for a function that JNA calls.
     *
     * @param name the function's name; where JNA knows only an address, any text
     * @param library JNA's {@code NativeLibrary}, {@code null} where the program knows the function by its address only
     */
    NativeFunction[] find(String name, Object library, long address) {
        NativeFunction[] named = byName().get(name);
        if (named == null) {
            return library == null ? at(address) : NONE;
        }
        NativeFunction[] known = byAddress.get(address);
        return known == null || known.length == 0 || !known[0].target.name().equals(name)
                ? identify(named, Libraries.fileName(library), address)
                : known;
    }

    /** The catalog's entries for a function known by its address only. */
    NativeFunction[] at(long address) {
        NativeFunction[] known = byAddress.get(address);
        return known == null ? NONE : known;
    }

    /**
     * A library has been asked for a function: where the catalog names both, its address is known from now on.
     *
     * @param library its file name; {@code null} for one of those the class loader has loaded, which the C library is not
     */
    void learn(String name, String library, long address) {
        NativeFunction[] named = byName().get(name);
        if (named == null || address == 0) {
            return;
        }
        if (library != null) {
            identify(named, library, address);
            return;
        }
        NativeFunction[] found = ofAnyLibrary(named);
        if (found.length > 0) {
            byAddress.put(address, found);
        }
    }

    /**
     * Where the library is none of the catalog's, its name says nothing yet: dlsym(3) finds what a library depends on, too, so this may be the C
     * library's own function, asked for by way of another. The system tells by the address, and is asked once.
     */
    private NativeFunction[] identify(NativeFunction[] named, String library, long address) {
        NativeFunction[] found = in(named, library);
        if (address == 0) {
            return found;
        }
        if (found.length == 0) {
            if (byAddress.get(address) != null) {
                return found; // asked before; or known to be another function of the catalog's
            }
            String file = fileAt(address);
            found = file == null ? NONE : in(named, Libraries.withoutFolder(file));
        }
        byAddress.put(address, found);
        return found;
    }

    /** What is opened for that is the agent's, though the thread is the application's. Of Windows no library is asked for another's functions. */
    private String fileAt(long address) {
        if (File.separatorChar != '/' || !inside.enter()) {
            return null;
        }
        try {
            MappedFiles maps = mapped;
            if (maps == null) {
                maps = new MappedFiles();
                mapped = maps; // made twice by two threads, it says the same
            }
            return maps.at(address);
        } finally {
            inside.leave();
        }
    }

    private static NativeFunction[] ofAnyLibrary(NativeFunction[] named) {
        List<NativeFunction> found = new ArrayList<>(named.length);
        for (NativeFunction function : named) {
            if (!Libraries.matches(function.target.within(), "<process>")) {
                found.add(function);
            }
        }
        return found.toArray(NONE);
    }

    private static NativeFunction[] in(NativeFunction[] named, String library) {
        List<NativeFunction> found = new ArrayList<>(named.length);
        for (NativeFunction function : named) {
            if (Libraries.matches(function.target.within(), library)) {
                found.add(function);
            }
        }
        return found.toArray(NONE);
    }
}
