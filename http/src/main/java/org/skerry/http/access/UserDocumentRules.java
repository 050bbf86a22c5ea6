package org.skerry.http.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may be written into {@code _users}, by CouchDB's rules and in its words; a password is
 * replaced by its hash. Stricter in five things: what counts as the roles that a user had is the
 * winning revision, so that nobody regains roles by editing an old one; only administrators bring
 * revisions that were made elsewhere; such a revision holds no password in clear, since each node
 * would hash it differently; users cannot make signing in slower than the configuration does; and
 * what they write themselves is short.
 */
public final class UserDocumentRules implements WriteGuard {
  private static final int LONGEST_PASSWORD = 4_096;

  /** Of what users write themselves: who they are, and not what they keep. */
  private static final int MOST_BYTES = 64 * 1024;

  private final Supplier<AccessSettings> settings;
  private final PasswordHasher hasher;

  public UserDocumentRules(Supplier<AccessSettings> settings, PasswordHasher hasher) {
    this.settings = settings;
    this.hasher = hasher;
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    boolean admin =
        author.isServerAdmin()
            || database.security().isAdmin(author.name().orElse(""), author.roles());
    DocId id = revision.id();
    if (id.isDesign()) {
      return admin ? Verdict.PASS : Verdict.forbidden("You are not a db or server admin.");
    }
    boolean own = author.name().isPresent() && UserDocuments.name(id.text()).equals(author.name());
    ObjectNode document = (ObjectNode) UserDocuments.JSON.readTree(revision.body().json());
    try {
      if (!admin && revision.origin() == ProposedRevision.Origin.MERGE) {
        throw new Refusal("Only admins may replicate into the users database.");
      }
      if (revision.deleted()) {
        require(admin || own, "Only admins may delete other user docs.");
      } else {
        require(
            admin || revision.body().json().length <= MOST_BYTES,
            "A user document has at most " + MOST_BYTES + " bytes.");
        checkShape(id, document);
        check(database, id, document, author, admin);
      }
      return hashed(revision, document);
    } catch (Refusal refusal) {
      return new Verdict.Refuse(refusal.error, String.valueOf(refusal.getMessage()));
    }
  }

  /** Ends the examination of one document. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;

    Refusal(String reason) {
      this("forbidden", reason);
    }

    Refusal(String error, String reason) {
      super(reason, null, false, false);
      this.error = error;
    }
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new Refusal(reason);
    }
  }

  private static void checkShape(DocId id, JsonNode document) {
    require(document.path("type").asString("").equals("user"), "doc.type must be user");
    String name = document.path("name").asString("");
    require(document.path("name").isString() && !name.isEmpty(), "doc.name is required");
    JsonNode roles = document.path("roles");
    require(!roles.isMissingNode() && !roles.isNull(), "doc.roles must exist");
    require(roles.isArray(), "doc.roles must be an array");
    for (JsonNode role : roles) {
      require(role.isString(), "doc.roles can only contain strings");
      require(
          !role.asString().startsWith("_") || UserDocuments.isMetrics(role.asString()),
          "No system roles (starting with underscore) in users db.");
    }
    require(
        id.text().equals(UserDocuments.PREFIX + name),
        "Doc ID must be of the form org.couchdb.user:name");
    require(!name.startsWith("_"), "Username may not start with underscore.");
    require(name.indexOf(':') < 0, "Character `:` is not allowed in usernames.");
    checkHash(document);
  }

  private static void checkHash(JsonNode document) {
    require(
        !document.has("password_sha") || document.has("salt"),
        "Users with password_sha must have a salt.");
    JsonNode scheme = document.path("password_scheme");
    require(
        scheme.isMissingNode() || PasswordHash.Scheme.of(scheme.asString("")).isPresent(),
        "Password scheme `" + scheme.asString("") + "` not supported.");
    boolean hashedAlready = !document.path("password").isString();
    if (hashedAlready && scheme.asString("").equals(PasswordHash.Scheme.PBKDF2.text())) {
      JsonNode iterations = document.path("iterations");
      require(iterations.isNumber(), "iterations must be a number.");
      require(
          iterations.isIntegralNumber()
              && iterations.asInt(0) >= 1
              && iterations.asInt(0) <= PasswordHash.MOST_ITERATIONS,
          "iterations must be from 1 to " + PasswordHash.MOST_ITERATIONS + ".");
      require(document.path("derived_key").isString(), "derived_key must be a string.");
      JsonNode function = document.path("pbkdf2_prf");
      require(
          function.isMissingNode() || PasswordHash.Function.of(function.asString("")).isPresent(),
          "PBKDF2 function `" + function.asString("") + "` not supported.");
    }
  }

  private void check(Database database, DocId id, JsonNode document, Author author, boolean admin) {
    Optional<JsonNode> current = current(database, id);
    String name = document.path("name").asString();
    if (current.isPresent() && current.get().path("name").isString()) {
      require(current.get().path("name").asString().equals(name), "Usernames can not be changed.");
    }
    if (admin) {
      return;
    }
    boolean own = author.name().equals(Optional.of(name));
    if (current.isPresent()) {
      require(own, "You may only update your own user document.");
      require(roles(current.get()).equals(roles(document)), "Only _admin may edit roles");
    } else {
      boolean registering = author.name().isEmpty() && settings.get().selfRegistration();
      require(own || registering, "You may only update your own user document.");
      require(document.path("roles").isEmpty(), "Only _admin may set roles");
    }
    int known = current.map(old -> old.path("iterations").asInt(0)).orElse(0);
    require(
        document.path("iterations").asInt(0)
            <= Math.max(known, settings.get().hashing().iterations()),
        "Only _admin may set more iterations than the node does.");
  }

  private static Optional<JsonNode> current(Database database, DocId id) {
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(id), Fields.WINNER, found::add);
    return found.stream()
        .findFirst()
        .filter(document -> !document.deleted())
        .map(
            document -> UserDocuments.JSON.readTree(document.revisions().getFirst().body().json()));
  }

  private static TreeSet<String> roles(JsonNode document) {
    TreeSet<String> roles = new TreeSet<>();
    document.path("roles").forEach(role -> roles.add(role.asString("")));
    return roles;
  }

  /** The document as it may be kept: without a password. */
  private Verdict hashed(ProposedRevision revision, ObjectNode document) {
    JsonNode password = document.path("password");
    if (password.isMissingNode() || password.isNull()) {
      return Verdict.PASS;
    }
    require(password.isString() && !password.asString().isEmpty(), "doc.password must be a text");
    require(
        revision.origin() == ProposedRevision.Origin.EDIT,
        "A user document that was made elsewhere must not hold a password in clear.");
    String text = password.asString();
    require(
        text.length() <= LONGEST_PASSWORD,
        "A password has up to " + LONGEST_PASSWORD + " characters.");
    for (PasswordRule rule : settings.get().passwordRules()) {
      if (!rule.allows(text)) {
        throw new Refusal("bad_request", rule.reason());
      }
    }
    UserDocuments.put(document, hasher.hash(text, settings.get().hashing().iterations()));
    return new Verdict.Replace(Body.parse(document.toString()));
  }
}
