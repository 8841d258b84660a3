package io.notsock.agent.start;

import io.notsock.agent.options.Options;
import io.notsock.catalog.Catalog;

/** The catalog in force: what the agent brings along. */
final class Catalogs {
    private Catalogs() {}

    static Catalog load(Options options, int feature, String os) {
        return Catalog.builtIn(os).forRuntime(feature, os);
    }
}
