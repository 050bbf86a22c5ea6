/**
 * Documents as they come in and go out: ids, bodies, references to attachments, and the hash that
 * names a revision.
 *
 * <p>A {@link org.skerry.document.Body} is the UTF-8 bytes of a JSON object as its author wrote
 * them, less the members whose names begin with an underscore: numbers keep every digit and members
 * their order, because nothing here turns them into objects and back. {@link
 * org.skerry.document.DocumentReader} parses a document once, at the door, and cuts the underscore
 * members out; whoever serves it splices them in again.
 *
 * <p>Bad input is refused with {@link org.skerry.document.BadDocumentException}, whose {@link
 * org.skerry.document.BadDocumentException.Kind kind} the HTTP layer maps to a status.
 */
@NullMarked
package org.skerry.document;

import org.jspecify.annotations.NullMarked;
