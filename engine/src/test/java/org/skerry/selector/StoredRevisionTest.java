package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

class StoredRevisionTest {
  private static final RevId REV = RevId.parse("2-00000000000000000000000000000abc");
  private static final AttachmentRef PHOTO =
      new AttachmentRef(
          "photo.png", "image/png", 2, BlobId.of(new byte[32]), "md5-abc", Encoding.IDENTITY, 9, 9);

  @Test
  void underscoreMembersAreSeen() {
    assertThat(matches("{'_id': 'p1'}", false)).isTrue();
    assertThat(matches("{'_rev': {'$beginsWith': '2-'}}", false)).isTrue();
    assertThat(matches("{'_deleted': {'$exists': false}}", false)).isTrue();
    assertThat(matches("{'_deleted': true}", false)).isFalse();
    assertThat(matches("{'_deleted': true}", true)).isTrue();
    assertThat(matches("{'_attachments.photo\\\\.png.content_type': 'image/png'}", false)).isTrue();
    assertThat(matches("{'_attachments.photo\\\\.png.stub': true}", false)).isTrue();
  }

  @Test
  void onlyNamedMembersAreRead() {
    Selector selector =
        Asked.selector("{'name.family': 'Ó', '$or': [{'age': {'$gt': 5}}, {'_id': 'x'}]}");
    assertThat(selector.members()).containsExactlyInAnyOrder("name", "age", "_id");
    assertThat(selector.matches(candidate(false))).isTrue();
  }

  @Test
  void aConditionOnTheWholeDocumentReadsAll() {
    Selector whole =
        Asked.selector("{'$or': [{'$type': 'array'}, {'$keyMapMatch': {'$eq': 'tail'}}]}");
    assertThat(whole.matches(candidate(false))).isTrue();
  }

  @Test
  void theEmptySelectorReadsNothing() {
    Candidate broken =
        new Candidate(
            DocId.of("p1"), REV, false, List.of(), Body.ofTrusted(new byte[] {'{', '!', '}'}));
    assertThat(Asked.selector("{}").matches(broken)).isTrue();
    assertThat(Asked.selector("{'_id': 'p1'}").matches(broken)).isTrue();
  }

  private static boolean matches(String selector, boolean deleted) {
    return Asked.selector(selector).matches(candidate(deleted));
  }

  private static Candidate candidate(boolean deleted) {
    Body body =
        Body.parse(
            "{\"skip\":[{\"age\":1}],\"age\":7,\"name\":{\"family\":\"Ó\"},\"big\":1e999999999999,\"tail\":null}");
    return new Candidate(DocId.of("p1"), REV, deleted, List.of(PHOTO), body);
  }
}
