/** Every ordering claim of registry and life, against what two cores really do. */
package io.notsock.stress;
