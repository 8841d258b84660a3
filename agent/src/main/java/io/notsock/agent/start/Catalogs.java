package io.notsock.agent.start;

import io.notsock.agent.options.Options;
import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogException;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The catalog in force: what the agent brings along, and the user's files on top. */
final class Catalogs {
    private Catalogs() {}

    /** A file with an error is left out as a whole, with one line that says where and what. */
    static RuntimeCatalog load(Options options, int feature, String os) {
        boolean asBuilt = options.catalog().isEmpty() && options.explain() && !options.explainExecutors();
        return asBuilt ? RuntimeCatalog.builtIn(feature, os) : RuntimeCatalog.of(chosen(options, os), feature, os);
    }

    private static Catalog chosen(Options options, String os) {
        Catalog catalog = Catalog.builtIn(os);
        if (options.explain() && options.explainExecutors()) {
            catalog = catalog.with(Catalog.builtIn(Catalog.EXECUTORS));
        }
        for (String file : options.catalog()) {
            try (InputStream in = new FileInputStream(file)) {
                catalog = new CatalogParser(catalog).read(file, in).catalog();
            } catch (CatalogException e) {
                AgentStart.complain("catalog: " + e.getMessage() + "; the whole file is left out");
            } catch (IOException e) {
                AgentStart.complain("catalog=" + file + ": cannot be read, it is left out: " + e.getMessage());
            }
        }
        return options.explain() ? catalog : catalog.withoutExplanations();
    }
}
