package org.skerry.conflict.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.Body;

class ContentTest {
  private static final String OURS = "data-" + "a".repeat(40);
  private static final String THEIRS = "data-" + "b".repeat(40);
  private static final BlobId BLOB = BlobId.of(new byte[BlobId.BYTES]);

  private static AttachmentRef attachment(String name) {
    return new AttachmentRef(
        name, "a/b", 1, BLOB, "md5-" + name, AttachmentRef.Encoding.IDENTITY, 1, 1);
  }

  private static Content content(String json, String... attachments) {
    return Content.of(
        Body.ofTrusted(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        List.of(attachments).stream().map(ContentTest::attachment).toList());
  }

  private static List<String> attached(Content content) {
    return content.attachments().stream().map(AttachmentRef::name).toList();
  }

  @Test
  void anAttachmentNamedByItsContentStaysWithTheValueThatNamesIt() {
    Content one = content("{'scan':'" + OURS + "','n':1}", OURS, "x.png");
    Content other = content("{'scan':'" + THEIRS + "','n':2}", THEIRS, "x.png");
    Content said = content("{'scan':'" + OURS + "','n':2}", THEIRS);
    Content merged = Content.of(said.document(), List.of(one, other));
    assertThat(attached(merged)).containsExactly(THEIRS, OURS);
    Content asOne = content("{'scan':'" + OURS + "','n':1}", "x.png");
    assertThat(Content.of(asOne.document(), List.of(one, other))).isSameAs(one);
  }

  @Test
  void othersAreGoneWhereTheyWereRemovedThoughABodyNamesThem() {
    Content one = content("{'photo':'x.png','n':1}", "x.png");
    Content merged = Content.of(content("{'photo':'x.png'}").document(), List.of(one));
    assertThat(attached(merged)).isEmpty();
  }
}
