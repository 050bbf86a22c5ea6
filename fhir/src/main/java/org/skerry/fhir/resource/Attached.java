package org.skerry.fhir.resource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.fhir.resource.Members.Member;

/**
 * Data of an Attachment that are kept beside the resource, as an attachment of its document. In the
 * resource stands an extension in the place of their value ({@code _data}).
 *
 * @param name of the document's attachment, made of the hash: versions with the same data share it
 * @param size how many bytes there are
 * @param hash their SHA-1 in base64, as FHIR has it
 * @param contentType what the Attachment says that they are
 */
public record Attached(String name, long size, String hash, Optional<String> contentType) {
  static final String EXTENSION = "http://skerry.org/fhir/StructureDefinition/attached-data";

  /** The member in whose place the extension stands. */
  static final String MEMBER = "_data";

  static final String OPERATION = "$attachment";

  /** Stands before the name where data are read through HTTP. */
  static final String PLACE = '/' + OPERATION + '/';

  private static final String PREFIX = "data-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{40}");

  /** What has that SHA-1. */
  public static Attached of(byte[] sha1, long size) {
    return new Attached(
        PREFIX + HexFormat.of().formatHex(sha1),
        size,
        Base64.getEncoder().encodeToString(sha1),
        Optional.empty());
  }

  /** What a document's attachment of that name is. */
  static Attached named(String name, long size) {
    return of(HexFormat.of().parseHex(name.substring(PREFIX.length())), size);
  }

  /** Whether an attachment of that name is such data. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The member that stands in the place of {@code data}; its url is relative to the document. */
  public String member() {
    return member(name);
  }

  private String member(String url) {
    return quoted(MEMBER)
        + ":{\"extension\":[{\"url\":"
        + quoted(EXTENSION)
        + ",\"valueAttachment\":{\"url\":"
        + quoted(url)
        + ",\"size\":"
        + size
        + ",\"hash\":"
        + quoted(hash)
        + "}}]}";
  }

  /** What is shown instead where data are not: where they are, and what they must be. */
  String linked(Members attachment, String resource) {
    String url = resource + PLACE + name;
    if (attachment.find("url").isPresent()) {
      return member(url);
    }
    return "\"url\":"
        + quoted(url)
        + (attachment.find("size").isPresent() ? "" : ",\"size\":" + size)
        + (attachment.find("hash").isPresent() ? "" : ",\"hash\":" + quoted(hash));
  }

  private static String quoted(String plain) {
    return '"' + plain + '"';
  }

  /** What stands in an Attachment for its data; nothing when they are there, or there are none. */
  static Optional<Attached> in(Members attachment) {
    Optional<Member> data = attachment.find(MEMBER);
    if (data.isEmpty() || attachment.json()[data.get().valueStart()] != '{') {
      return Optional.empty();
    }
    List<byte[]> extensions = Json.object(attachment.value(data.get())).elements("extension");
    if (extensions.size() != 1 || extensions.getFirst()[0] != '{') {
      return Optional.empty();
    }
    Json extension = Json.object(extensions.getFirst());
    return extension.text("url").equals(Optional.of(EXTENSION))
        ? extension.child("valueAttachment").flatMap(value -> read(value, attachment))
        : Optional.empty();
  }

  private static Optional<Attached> read(Json value, Members attachment) {
    String url = value.text("url").orElse("");
    String name = url.substring(url.lastIndexOf('/') + 1);
    if (!isName(name)) {
      return Optional.empty();
    }
    String size = new String(value.value("size").orElse(new byte[0]), StandardCharsets.US_ASCII);
    Attached known = named(name, size.matches("\\d{1,18}") ? Long.parseLong(size) : 0);
    return Optional.of(new Attached(name, known.size, known.hash, attachment.text("contentType")));
  }
}
