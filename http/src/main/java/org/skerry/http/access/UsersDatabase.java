package org.skerry.http.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/**
 * The database of the users, born with the node and with CouchDB's design document {@code _auth}.
 * Its function says the rules to whoever reads it, and to a CouchDB that the database is replicated
 * to; here {@link UserDocumentRules} is what holds, in which nobody can edit a rule away.
 */
public final class UsersDatabase {
  private static final DocId DESIGN = DocId.of("_design/_auth");

  private static final String VALIDATION =
      """
      function (newDoc, oldDoc, userCtx, secObj) {
        function refuse(reason) { throw({ forbidden: reason }); }
        var admins = (secObj && secObj.admins) || {};
        var isAdmin = userCtx.roles.indexOf('_admin') >= 0 ||
          (admins.names || []).indexOf(userCtx.name) >= 0 ||
          (admins.roles || []).some(function (role) { return userCtx.roles.indexOf(role) >= 0; });
        if (newDoc._deleted === true) {
          if (!isAdmin && !(oldDoc && userCtx.name === oldDoc.name)) {
            refuse('Only admins may delete other user docs.');
          }
          return;
        }
        if (newDoc.type !== 'user') { refuse('doc.type must be user'); }
        if (!newDoc.name) { refuse('doc.name is required'); }
        if (!newDoc.roles) { refuse('doc.roles must exist'); }
        if (!isArray(newDoc.roles)) { refuse('doc.roles must be an array'); }
        newDoc.roles.forEach(function (role) {
          if (typeof role !== 'string') { refuse('doc.roles can only contain strings'); }
          if (role.charAt(0) === '_' && role !== '_metrics') {
            refuse('No system roles (starting with underscore) in users db.');
          }
        });
        if (newDoc._id !== 'org.couchdb.user:' + newDoc.name) {
          refuse('Doc ID must be of the form org.couchdb.user:name');
        }
        if (oldDoc && !oldDoc._deleted && oldDoc.name !== newDoc.name) {
          refuse('Usernames can not be changed.');
        }
        if (newDoc.name.charAt(0) === '_') { refuse('Username may not start with underscore.'); }
        if (newDoc.name.indexOf(':') >= 0) {
          refuse('Character `:` is not allowed in usernames.');
        }
        if (isAdmin) { return; }
        if (oldDoc && !oldDoc._deleted) {
          if (userCtx.name !== newDoc.name) {
            refuse('You may only update your own user document.');
          }
          if ((oldDoc.roles || []).slice().sort().join() !== newDoc.roles.slice().sort().join()) {
            refuse('Only _admin may edit roles');
          }
        } else if (newDoc.roles.length > 0) {
          refuse('Only _admin may set roles');
        }
      }
      """;

  private UsersDatabase() {}

  /** Makes what is not there; a design document that somebody changed is left alone. */
  public static Database prepare(Databases databases) {
    Database users = databases.findOrCreate(StoredUsers.DATABASE);
    List<StoredDocument> found = new ArrayList<>(1);
    users.store().load(List.of(DESIGN), Fields.LEAVES, found::add);
    if (found.isEmpty()) {
      users.update(new NewRevision(DESIGN, Optional.empty(), false, design(), List.of()));
    }
    return users;
  }

  private static Body design() {
    return Body.parse(
        UserDocuments.JSON
            .createObjectNode()
            .put("language", "javascript")
            .put("validate_doc_update", VALIDATION.strip())
            .toString());
  }
}
