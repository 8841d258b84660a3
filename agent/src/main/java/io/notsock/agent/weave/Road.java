package io.notsock.agent.weave;

/** A class through which Java code comes to a native function; the catalog names only the functions. */
enum Road {
    /** Every call through JNA's interface mapping and function objects. */
    JNA_FUNCTION("*.com.sun.jna.Function", 0),
    /** Where JNA binds native methods of the user's own class (direct mapping). */
    JNA_NATIVE("*.com.sun.jna.Native", 0),
    /** Where JNA asks a library for an address. */
    JNA_LIBRARY("*.com.sun.jna.NativeLibrary", 0),
    /** Where the JDK makes a handle for a native function. */
    LINKER("jdk.internal.foreign.abi.AbstractLinker", 21),
    /** Where {@code SymbolLookup.libraryLookup} and the default lookup ask a library for an address. */
    JDK_LIBRARY("jdk.internal.loader.RawNativeLibraries$RawNativeLibraryImpl", 21),
    /** Where {@code SymbolLookup.loaderLookup} does. */
    LOADER_LOOKUP("java.lang.foreign.SymbolLookup", 21);

    final String className;
    /** First release of the JDK in which it is of interest. */
    final int since;

    Road(String className, int since) {
        this.className = className;
        this.since = since;
    }
}
