/**
 * Resources as bytes: what a document keeps of a resource, and how it is shown again.
 *
 * <p>A resource is kept as its author wrote it, digits, order and white space included, but for
 * three things, which {@link org.skerry.fhir.resource.IncomingResource} changes in the bytes: its
 * {@code id} is the document's, {@code meta.lastUpdated} says when it was written, and members
 * whose name begins with an underscore (extensions of primitive elements), which no document may
 * have at its top, stand with the underscore at the end of their name: {@code _birthDate} as {@code
 * birthDate_}, which no element of FHIR is called. {@link org.skerry.fhir.resource.ResourceText}
 * turns that back, and adds {@code meta.versionId} and the marks of a conflict.
 *
 * <p>Large data of an Attachment may be kept beside it: then {@link
 * org.skerry.fhir.resource.Attached} stands in their place, and {@link
 * org.skerry.fhir.resource.Tokens} while the resource is made into something else. {@link
 * org.skerry.fhir.resource.Rewriting} changes members in the bytes, wherever they stand.
 *
 * <p>Why so: docs/decisions/026-resources-are-documents.md.
 */
@NullMarked
package org.skerry.fhir.resource;

import org.jspecify.annotations.NullMarked;
