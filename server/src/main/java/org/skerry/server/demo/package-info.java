/**
 * {@code skerry demo}: a day on three islands, with real processes, real records and a link that
 * really breaks.
 *
 * <p>{@link org.skerry.server.demo.Demo} is the command. An {@code Archipelago} is the centre and
 * two clinics, each a {@code Site}: a process of its own with its folder, its {@code CouchClient}
 * and a {@code Watch}, which follows its continuous feed and is what every waiting in here waits
 * on. Clinic A reaches the centre through a {@code Relay}, the link that is cut. {@code Day} plays
 * the day, {@code Census} counts and fingerprints a database at its end, and {@code Outcome} prints
 * what came out.
 *
 * <p>The records are FHIR bundles ({@code Bundles}): each resource becomes a {@code FhirDocument},
 * with its {@code References} resolved.
 *
 * <p>The centre also serves the clinic, a page for browsers ({@code clinic} in the module console),
 * which people go on with after the day.
 *
 * <p>Nothing here reaches into a node: all goes through the HTTP API, as it would for anybody else.
 * A failure is a {@code DemoException}, whose message is one line for people.
 */
@NullMarked
package org.skerry.server.demo;

import org.jspecify.annotations.NullMarked;
