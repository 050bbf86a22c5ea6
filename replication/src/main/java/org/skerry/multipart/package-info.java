/**
 * MIME multiparts (RFC 2046) as CouchDB's protocol uses them: documents with their attachments in
 * {@code multipart/related}, several of those in {@code multipart/mixed}. Both ends are streams;
 * memory is bounded by a buffer of some kilobytes, whatever the size of a part.
 *
 * <p>{@link org.skerry.multipart.MultipartReader} gives one {@link org.skerry.multipart.Part} after
 * the other; a part's body is a stream that ends where the part does, and may itself be read as a
 * multipart. Underneath, {@code DelimitedInput} holds the buffer and tells data from delimiters,
 * found by {@code Delimiter}.
 *
 * <p>A multipart that is cut off never looks complete: whoever reads it, even to the end of its
 * last part, gets a {@link org.skerry.multipart.MultipartException} that says so. For the same
 * reason {@link org.skerry.multipart.MultipartWriter} writes the end only when told to, not when it
 * is closed by an exception.
 *
 * <p>Nothing here is safe for use by several threads; one reader or writer belongs to one exchange.
 * Why not a library: docs/decisions/004-multipart.md.
 */
@NullMarked
package org.skerry.multipart;

import org.jspecify.annotations.NullMarked;
