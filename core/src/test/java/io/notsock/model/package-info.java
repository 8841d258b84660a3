/** A reference model of what the contract owes, run against registry, tracker and judge with a fake operating system. */
package io.notsock.model;
