package org.skerry.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.skerry.audit.AuditTrail;
import org.skerry.audit.FileAuditLog;
import org.skerry.config.InvalidConfigException;
import org.skerry.database.Databases;
import org.skerry.http.access.AccessRules;
import org.skerry.http.access.AdminDirectory;
import org.skerry.http.access.AdminsRule;
import org.skerry.http.access.PasswordHasher;
import org.skerry.http.access.SignIn;
import org.skerry.http.access.StoredUsers;
import org.skerry.http.access.UserDocumentRules;
import org.skerry.http.access.UsersDatabase;
import org.skerry.http.couch.admin.Administration;
import org.skerry.server.settings.ConfigKeys;
import org.skerry.server.settings.InvalidSettingsException;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsSource;

/** Everything of a node that has to do with who may use it: configuration, users, audit log. */
final class NodeAccess implements AutoCloseable {
  private static final String AUDIT = "audit";

  private final NodeConfiguration configuration;
  private final FileAuditLog audit;
  private final Path auditFolder;
  private final Administrator administrator;
  private final SignIn signIn;

  private NodeAccess(
      Settings settings,
      Databases databases,
      Consumer<String> madePassword,
      FileAuditLog audit,
      Path auditFolder) {
    this.audit = audit;
    this.auditFolder = auditFolder;
    this.configuration = NodeConfiguration.open(databases.store().properties(), settings);
    PasswordHasher hasher = new PasswordHasher();
    configuration.configuration().add(new AccessRules());
    configuration
        .configuration()
        .add(new AdminsRule(hasher, () -> configuration.access().get().hashing().iterations()));
    this.administrator =
        Administrator.ensure(
            configuration.configuration(),
            databases.store().properties(),
            settings.adminName(),
            settings.adminPassword(),
            madePassword);
    databases.guard(StoredUsers.DATABASE, new UserDocumentRules(configuration.access(), hasher));
    UsersDatabase.prepare(databases);
    this.signIn =
        new SignIn(
            new AdminDirectory(configuration.configuration()).before(new StoredUsers(databases)),
            configuration.configuration(),
            databases.store().properties(),
            hasher,
            audit,
            InstantSource.system());
  }

  static NodeAccess open(Settings settings, Databases databases, Consumer<String> madePassword)
      throws IOException {
    Path folder = settings.data().resolve(AUDIT);
    FileAuditLog audit =
        FileAuditLog.open(folder, settings.auditMegabytes(), InstantSource.system());
    try {
      NodeAccess access = new NodeAccess(settings, databases, madePassword, audit, folder);
      audit.record(
          new AuditEvent(AuditAction.NODE_STARTED, Actor.NODE, "node")
              .with("version", Version.text()));
      return access;
    } catch (RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  NodeConfiguration configuration() {
    return configuration;
  }

  AuditLog audit() {
    return audit;
  }

  SignIn signIn() {
    return signIn;
  }

  Administrator administrator() {
    return administrator;
  }

  /**
   * What the API needs.
   *
   * @param source what the operator says, to be read again
   * @param certificates reads the certificates again
   */
  Administration administration(SettingsSource source, Administration.Reload certificates) {
    return new Administration(
        configuration.configuration(),
        audit,
        Optional.of(new AuditTrail(auditFolder)),
        () -> {
          reread(source);
          certificates.run();
        });
  }

  private void reread(SettingsSource source) {
    try {
      configuration.configuration().reload(ConfigKeys.values(source.read()));
    } catch (InvalidSettingsException e) {
      throw new InvalidConfigException(String.join("; ", e.problems()));
    }
  }

  @Override
  public void close() {
    audit.record(new AuditEvent(AuditAction.NODE_STOPPED, Actor.NODE, "node"));
    audit.close();
  }
}
