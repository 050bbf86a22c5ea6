/**
 * Attachments: bytes by their digest, streamed in and out in bounded memory.
 *
 * <p>Bytes go into the store first and are pinned there; then the revision that names them is
 * committed; then the pin is released. A crash in between leaves bytes that nobody names, and
 * compaction sweeps them. What a document says of its attachments before it is written is an {@link
 * org.skerry.attachment.AttachmentInput}.
 */
@NullMarked
package org.skerry.attachment;

import org.jspecify.annotations.NullMarked;
