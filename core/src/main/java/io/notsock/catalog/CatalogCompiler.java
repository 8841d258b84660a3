package io.notsock.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The step of the build that turns the built-in catalog files into bytes: {@code CatalogCompiler FOLDER}. */
public final class CatalogCompiler {
    private CatalogCompiler() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (String os : new String[] {"linux", "windows", Catalog.EXECUTORS}) {
            Files.write(folder.resolve(Catalog.compiledName(os)), CompiledCatalog.of(Catalog.parsed(os)));
        }
    }
}
