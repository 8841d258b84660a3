package io.notsock.model;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.track.HookTable;

/** A small catalog with every role that is judged, made into hooks. */
final class Hooks {
    private static final String CATALOG = String.join(
            "\n",
            "entry thing.open",
            "  role open",
            "  method model.Thing.open(I)V",
            "  type socket",
            "  number arg0",
            "  owner this armed",
            "  closed-by thing.close",
            "entry thing.open.bare",
            "  role open",
            "  method model.Thing.openBare(I)V",
            "  type socket",
            "  number arg0",
            "  owner this",
            "  closed-by thing.close",
            "entry thing.adopt",
            "  role adopt",
            "  method model.Thing.adopt(I)V",
            "  number arg0",
            "  owner this armed",
            "  closed-by thing.close",
            "entry thing.adopt.bare",
            "  role adopt",
            "  method model.Thing.adoptBare(I)V",
            "  number arg0",
            "  owner this",
            "  closed-by thing.close",
            "entry thing.close",
            "  role close",
            "  method model.Thing.close()V",
            "  number this.fd:I",
            "  owner this",
            "entry thing.preclose",
            "  role preclose",
            "  method model.Thing.preclose()V",
            "  number this.fd:I",
            "  owner this",
            "entry thing.use",
            "  role use",
            "  method model.Thing.use()V",
            "  number this.fd:I",
            "  owner this",
            "entry raw.open",
            "  role open",
            "  function socket in c",
            "  type socket",
            "  number return",
            "  owner none",
            "  fails -1",
            "entry raw.close",
            "  role close",
            "  function close in c",
            "  number arg0",
            "  owner none",
            "  fails -1",
            "entry raw.close.other",
            "  role close",
            "  function closesocket in c",
            "  number arg0",
            "  owner none",
            "  fails -1",
            "entry raw.dup2",
            "  role replace",
            "  function dup2 in c",
            "  number arg1",
            "  source arg0",
            "  owner none",
            "  fails -1",
            "");

    final HookTable table;
    final int open;
    final int openBare;
    final int adopt;
    final int adoptBare;
    final int close;
    final int preclose;
    final int use;
    final int rawOpen;
    final int rawClose;
    final int rawCloseOther;
    final int rawDup2;

    Hooks() {
        Catalog catalog = new CatalogParser().read("model.catalog", CATALOG).catalog();
        table = new HookTable(RuntimeCatalog.of(catalog, 17, "linux"));
        open = index("thing.open");
        openBare = index("thing.open.bare");
        adopt = index("thing.adopt");
        adoptBare = index("thing.adopt.bare");
        close = index("thing.close");
        preclose = index("thing.preclose");
        use = index("thing.use");
        rawOpen = index("raw.open");
        rawClose = index("raw.close");
        rawCloseOther = index("raw.close.other");
        rawDup2 = index("raw.dup2");
    }

    private int index(String id) {
        int entry = table.catalog().indexOf(id);
        if (entry < 0) {
            throw new IllegalArgumentException(id);
        }
        return HookTable.ofEntry(entry);
    }
}
