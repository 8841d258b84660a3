/* A JVM agent library (-agentpath:) for the tests: lets a Windows JDK 21 or later run under wine 8.
 *
 * Since 21 the JDK's net.dll asks iphlpapi.dll for GetAnycastIpAddressTable, by a delay-loaded import. Wine 8 exports no
 * such function, and the linker's helper then raises VcppException(ERROR_PROC_NOT_FOUND), which ends the JVM as soon as
 * anything lists the network interfaces (SecureRandom's seeding does). That exception may be continued by whoever puts an
 * address into the helper's record, so this library offers one for that single name: a function that reports an empty
 * table. Every other exception goes its own way.
 */
#include <windows.h>

#define PROC_NOT_FOUND 0xC06D007FUL /* delayimp.h: VcppException(ERROR_SEVERITY_ERROR, ERROR_PROC_NOT_FOUND) */

/* delayimp.h: DelayLoadInfo, as far as it is read here. */
struct delay_load {
    DWORD size;
    const void *descriptor;
    void **import;
    const char *library;
    struct {
        BOOL named;
        const char *name;
    } wanted;
    HMODULE module;
    void *address;
    DWORD error;
};

/* Must succeed: the JDK throws a SocketException otherwise. The caller frees the table by FreeMibTable. */
static DWORD WINAPI empty_table(USHORT family, void **table) {
    (void) family;
    *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 2 * sizeof(ULONGLONG));
    return *table == NULL ? ERROR_NOT_ENOUGH_MEMORY : NO_ERROR;
}

static LONG CALLBACK offer(EXCEPTION_POINTERS *raised) {
    const EXCEPTION_RECORD *record = raised->ExceptionRecord;
    if (record->ExceptionCode == PROC_NOT_FOUND && record->NumberParameters == 1) {
        struct delay_load *load = (struct delay_load *) record->ExceptionInformation[0];
        if (load->wanted.named && lstrcmpA(load->wanted.name, "GetAnycastIpAddressTable") == 0) {
            load->address = (void *) empty_table;
            return EXCEPTION_CONTINUE_EXECUTION;
        }
    }
    return EXCEPTION_CONTINUE_SEARCH;
}

__declspec(dllexport) int Agent_OnLoad(void *vm, char *options, void *reserved) {
    (void) vm;
    (void) options;
    (void) reserved;
    return AddVectoredExceptionHandler(1, offer) == NULL;
}

BOOL WINAPI entry(HINSTANCE library, DWORD reason, void *reserved) {
    (void) library;
    (void) reason;
    (void) reserved;
    return TRUE;
}
