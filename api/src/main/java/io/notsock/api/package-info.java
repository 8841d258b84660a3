/** What a library may tell notsock about handles that it opens and closes in native code. No dependency. */
package io.notsock.api;
