/**
 * Resources between JSON and XML, without what HAPI's parsers and printers lose of them.
 *
 * <p>HAPI converts; {@link org.skerry.fhir.xml.Narratives} keeps it away from XHTML, which is
 * carried over as it was written, since its printer does not escape all that it has to.
 */
@NullMarked
package org.skerry.fhir.xml;

import org.jspecify.annotations.NullMarked;
