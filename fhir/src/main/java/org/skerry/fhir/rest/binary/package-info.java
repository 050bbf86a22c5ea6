/**
 * Contents as they are, without resources around them. Binary resources whose content is sent and
 * read as it is, without being a resource (http://hl7.org/fhir/R4/binary.html#rest): the content is
 * an attachment of the document, and streams in bounded memory, whatever its size. Large data of
 * other resources, which are kept beside them, can be read so, too.
 */
@NullMarked
package org.skerry.fhir.rest.binary;

import org.jspecify.annotations.NullMarked;
