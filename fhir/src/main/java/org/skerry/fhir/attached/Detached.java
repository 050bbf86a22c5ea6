package org.skerry.fhir.attached;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.document.AttachmentRef;
import org.skerry.fhir.resource.Attached;

/**
 * A resource that was sent, and large data that were taken out of it: they are in the store, kept
 * there until this is closed. Close it when the resource is written, or was refused. One thread.
 */
public final class Detached implements AutoCloseable {
  /** Where large data stand in resources that are about them, below all arrays. */
  private static final Map<String, List<String>> PLACES =
      Map.of(
          "DocumentReference", List.of("content", "attachment", "data"),
          "DiagnosticReport", List.of("presentedForm", "data"),
          "Media", List.of("content", "data"));

  private final List<IncomingAttachment> pinned = new ArrayList<>();
  private final Map<String, AttachmentInput.Stored> brought = new LinkedHashMap<>();
  private byte[] json = new byte[0];

  private Detached() {}

  /** Whether data of resources of a type are taken out. */
  public static boolean concerns(String type) {
    return PLACES.containsKey(type);
  }

  /** A resource with all that it has. */
  public static Detached none(byte[] json) {
    Detached all = new Detached();
    all.json = json;
    return all;
  }

  /**
   * Takes large data out of a resource that is at hand.
   *
   * @throws org.skerry.attachment.BadAttachmentException when they are no base64
   * @throws org.skerry.attachment.AttachmentTooLargeException when they are too large
   */
  public static Detached of(byte[] json, String type, AttachmentIntake intake) {
    if (!concerns(type) || json.length <= Splitter.SMALL) {
      return none(json);
    }
    try {
      return read(new ByteArrayInputStream(json), type, intake, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes large data out of a resource while it comes. Whether the rest is JSON is not asked here.
   *
   * @param most how long the resource may be without them
   * @throws IOException when the stream breaks; nothing was kept
   * @throws org.skerry.document.BadDocumentException when the rest is too large
   * @throws org.skerry.attachment.BadAttachmentException when data are no base64
   * @throws org.skerry.attachment.AttachmentTooLargeException when data are too large
   */
  public static Detached read(InputStream in, String type, AttachmentIntake intake, int most)
      throws IOException {
    Detached detached = new Detached();
    boolean whole = false;
    try {
      List<String> place = PLACES.getOrDefault(type, List.of());
      detached.json =
          new Splitter(in, place, most, data -> detached.keep(data, intake).member()).read();
      whole = true;
      return detached;
    } finally {
      if (!whole) {
        detached.close();
      }
    }
  }

  private Attached keep(InputStream data, AttachmentIntake intake) throws IOException {
    MessageDigest sha1 = sha1();
    IncomingAttachment incoming =
        intake.receive(
            Announced.identity("data", AttachmentDraft.DEFAULT_TYPE),
            new DigestInputStream(data, sha1));
    pinned.add(incoming);
    AttachmentRef ref = incoming.input().ref();
    Attached attached = Attached.of(sha1.digest(), ref.length());
    brought.put(
        attached.name(),
        new AttachmentInput.Stored(Attachments.called(ref, attached.name(), ref.contentType())));
    return attached;
  }

  /**
   * FHIR's hash; it names the data within their document, where nobody gains by a second meaning.
   */
  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** The resource without its large data. Shared: do not change. */
  public byte[] json() {
    return json;
  }

  /** The data that were taken out, by the names of their attachments. */
  public List<AttachmentInput.Stored> brought() {
    return List.copyOf(brought.values());
  }

  @Override
  public void close() {
    pinned.forEach(IncomingAttachment::close);
    pinned.clear();
  }
}
