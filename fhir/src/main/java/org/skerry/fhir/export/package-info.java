/**
 * {@code $export}: resources of a database as files of NDJSON, made while nobody waits
 * (http://hl7.org/fhir/uv/bulkdata/).
 *
 * <p>An export begins with a list of what there is at one moment: the id and the version of each
 * resource ({@code ExportList}). From then on it reads exactly those versions, whatever is written
 * meanwhile, and notes in its {@code ExportJob} how far it is, so that it goes on after a restart.
 * {@link org.skerry.fhir.export.Exports} are a node's: a folder for each, one of them made at a
 * time, thrown away a day after it is done. Who began an export may see it, and server
 * administrators.
 *
 * <p>The time of an export is remembered with the feed's position, so that a later {@code _since}
 * with that time brings all that came in since, also what was written elsewhere before.
 */
@NullMarked
package org.skerry.fhir.export;

import org.jspecify.annotations.NullMarked;
