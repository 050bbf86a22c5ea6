package org.skerry.selector;

import java.util.List;
import org.skerry.document.AttachmentRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads out of a stored revision the members that a selector names, and skips the rest without
 * making anything of it. The underscore members look as a reader of the document sees them.
 */
final class DocumentMembers {
  private DocumentMembers() {}

  static JsonNode read(Candidate candidate, NamedMembers wanted) {
    ObjectNode document = new ObjectNode(JsonNodeFactory.instance);
    if (wanted.has("_id")) {
      document.put("_id", candidate.id().text());
    }
    if (wanted.has("_rev")) {
      document.put("_rev", candidate.rev().toString());
    }
    if (candidate.deleted() && wanted.has("_deleted")) {
      document.put("_deleted", true);
    }
    readBody(candidate.body().json(), wanted, document);
    if (!candidate.conflicts().isEmpty() && wanted.has("_conflicts")) {
      ArrayNode conflicts = document.putArray("_conflicts");
      candidate.conflicts().forEach(rev -> conflicts.add(rev.toString()));
    }
    if (!candidate.attachments().isEmpty() && wanted.has("_attachments")) {
      document.set("_attachments", stubs(candidate.attachments()));
    }
    return document;
  }

  private static void readBody(byte[] body, NamedMembers wanted, ObjectNode document) {
    if (wanted.all()) {
      BodyMembers.read(body, name -> true, Integer.MAX_VALUE, document);
    } else {
      BodyMembers.read(body, wanted.inBody(), wanted::has, document);
    }
  }

  private static JsonNode stubs(List<AttachmentRef> attachments) {
    ObjectNode stubs = new ObjectNode(JsonNodeFactory.instance);
    for (AttachmentRef attachment : attachments) {
      stubs
          .putObject(attachment.name())
          .put("content_type", attachment.contentType())
          .put("revpos", attachment.revpos())
          .put("digest", attachment.digest())
          .put("length", attachment.length())
          .put("stub", true);
    }
    return stubs;
  }
}
