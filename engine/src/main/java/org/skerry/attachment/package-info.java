/**
 * Attachment bodies: kept by digest, in chunks, streamed and resumable.
 */
@NullMarked
package org.skerry.attachment;

import org.jspecify.annotations.NullMarked;
