/** Silence where nothing is wrong, and the alarm that proves it was listening. */
package io.notsock.e2e.silence;
