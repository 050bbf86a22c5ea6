package org.skerry.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Design documents as guards and filters of a database. */
class DesignsTest {
  private static final Author NURSE = new Author(Optional.of("nurse"), Set.of());

  private final Databases databases = new Databases(new MemoryStore());
  private final Scripts scripts = new Scripts(ScriptLimits.DEFAULT);
  private final Designs designs = Designs.guarding(databases, scripts);
  private final FunctionFilters filters = new FunctionFilters(designs);
  private final Database database = databases.create("db").orElseThrow();

  @AfterEach
  void close() {
    databases.close();
    scripts.close();
  }

  private WriteResult write(String id, Optional<String> json, Author author) {
    List<RevId> parents = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> document.deleted() || parents.add(document.winner().rev()));
    return database.update(
        new NewRevision(
            DocId.of(id),
            parents.stream().findFirst(),
            json.isEmpty(),
            json.map(Body::parse).orElse(Body.EMPTY),
            List.of()),
        author);
  }

  private void design(String id, String member, String source) {
    ObjectNode design = JsonNodeFactory.instance.objectNode().put(member, source);
    assertThat(write(id, Optional.of(design.toString()), Author.SYSTEM))
        .isInstanceOf(WriteResult.Written.class);
  }

  private WriteResult note() {
    return write("note", Optional.of("{}"), NURSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          throw {forbidden: 'no'} ; forbidden ; no
          throw {unauthorized: 'who?'} ; unauthorized ; who?
          throw {unauthorized: 'who?', forbidden: 'no'} ; forbidden ; no
          throw {forbidden: {a: [1]}} ; forbidden ; {"a":[1]}
          throw {forbidden: null} ; forbidden ; null
          throw {other: 'x', more: 'y'} ; unknown_error ; x
          throw 'words' ; unknown_error ; words
          throw [5] ; unknown_error ; [5]
          throw {} ; unknown_error ; {}
          null.x ; TypeError ; null
          nothing() ; ReferenceError ; nothing
          """)
  void whatAFunctionThrowsIsTheRefusal(String body, String error, String reason) {
    design("_design/v", "validate_doc_update", "function (doc) { " + body + " }");
    assertThat(note())
        .isInstanceOfSatisfying(
            WriteResult.Forbidden.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(error);
              assertThat(refused.reason()).contains(reason);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "function (", "x => x; y => y"})
  void whatIsNoFunctionLetsNothingPass(String source) {
    design("_design/v", "validate_doc_update", source);
    assertThat(note()).isInstanceOf(WriteResult.Forbidden.class);
    assertThat(write("_design/v", Optional.empty(), Author.SYSTEM))
        .as("and can be taken away")
        .isInstanceOf(WriteResult.Written.class);
    assertThat(note()).isInstanceOf(WriteResult.Written.class);
  }

  /** As soon as whoever wrote it is answered. */
  @Test
  void eachChangeCountsForTheNextWrite() {
    String refusal = "() => { throw {forbidden: 'no'} }";
    for (int round = 0; round < 3; round++) {
      assertThat(note()).isInstanceOf(WriteResult.Written.class);
      design("_design/~", "validate_doc_update", refusal);
      design("_design/\u0000", "validate_doc_update", "() => {}");
      assertThat(note()).isInstanceOf(WriteResult.Forbidden.class);
      design("_design/~", "other", refusal);
    }
    assertThat(write("_design/n", Optional.of("{}"), NURSE))
        .isInstanceOf(WriteResult.Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a", "/b", "a/", "//"})
  void whatNamesNoFunctionIsRefused(String name) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    assertThatThrownBy(() -> filters.function(database, name, request))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> filters.view(database, name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotThereIsMissing() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    design("_design/d", "language", "javascript");
    for (String name : List.of("none/f", "d/f", "d/f/g", "d/__proto__", "d\u0000/f", "ü/ü")) {
      assertThatThrownBy(() -> filters.function(database, name, request))
          .as(name)
          .isInstanceOf(DesignMissingException.class);
      assertThatThrownBy(() -> filters.view(database, name))
          .as(name)
          .isInstanceOf(DesignMissingException.class);
    }
    write("_design/d", Optional.empty(), Author.SYSTEM);
    assertThatThrownBy(() -> designs.find(database, "d")).hasMessage("deleted");
    assertThatThrownBy(() -> designs.find(database, "\ud800"))
        .isInstanceOf(BadDocumentException.class);
  }
}
