package org.skerry.postgres.old;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcTest {
  private static CallReader.Call read(String xml) {
    return CallReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Wire value(String xml) {
    return read("<methodCall><methodName>m</methodName><params><param><value>"
            + xml
            + "</value></param></params></methodCall>")
        .parameters()
        .getFirst();
  }

  @Test
  void aCallAsPythonWritesIt() {
    CallReader.Call call =
        read(
            """
            <?xml version='1.0'?>
            <methodCall>
            <methodName>model.party.party.synchronise</methodName>
            <params>
            <param>
            <value><array><data>
            <value><struct>
            <member>
            <name>name</name>
            <value><string>Ñúñez &amp; son</string></value>
            </member>
            <member>
            <name>write_date</name>
            <value><dateTime.iso8601>20260301T12:00:05</dateTime.iso8601></value>
            </member>
            </struct></value>
            </data></array></value>
            </param>
            <param>
            <value><struct>
            <member>
            <name>synchronisation_id</name>
            <value><int>7</int></value>
            </member>
            </struct></value>
            </param>
            </params>
            </methodCall>
            """);
    assertThat(call.method()).isEqualTo("model.party.party.synchronise");
    Wire.Struct row = (Wire.Struct) ((Wire.Items) call.parameters().get(0)).values().getFirst();
    assertThat(row.get("name")).isEqualTo(new Wire.Text("Ñúñez & son"));
    assertThat(row.get("write_date"))
        .isEqualTo(new Wire.Moment(LocalDateTime.of(2026, 3, 1, 12, 0, 5)));
    Wire.Struct context = (Wire.Struct) call.parameters().get(1);
    assertThat(context.get("synchronisation_id")).isEqualTo(new Wire.Whole(7));
  }

  @Test
  void valuesOfEachType() {
    assertThat(value("plain")).isEqualTo(new Wire.Text("plain"));
    assertThat(value("<i8>-9007199254740993</i8>")).isEqualTo(new Wire.Whole(-9007199254740993L));
    assertThat(value("<double>0.1</double>")).isEqualTo(new Wire.Real("0.1"));
    assertThat(value("<boolean>1</boolean>")).isEqualTo(new Wire.Flag(true));
    assertThat(value("<nil/>")).isEqualTo(Wire.NIL);
    assertThat(value("<base64>\nAAE=\n</base64>")).isEqualTo(new Wire.Bytes("AAE="));
    assertThat(value("<array><data></data></array>")).isEqualTo(Wire.Items.of());
    assertThat(value(" <struct></struct> ")).isEqualTo(new Wire.Struct(Map.of()));
    assertThat(value("<dateTime.iso8601>2026-03-01T12:00:00</dateTime.iso8601>"))
        .isEqualTo(new Wire.Moment(LocalDateTime.of(2026, 3, 1, 12, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<methodCall>",
        "<methodCall><methodName></methodName></methodCall>",
        "<methodCall><methodName>m</methodName><params><param><value><int>x</int></value>",
        "<methodCall><methodName>m</methodName><params><param><value><what/></value></param>"
            + "</params></methodCall>",
        "<methodCall><methodName>m</methodName><params><param><value><int>1</int><int>2</int>"
            + "</value></param></params></methodCall>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><methodCall><methodName>&e;"
            + "</methodName></methodCall>",
        "<methodCall><methodName>m</methodName><params><param><value>"
            + "<dateTime.iso8601>soon</dateTime.iso8601></value></param></params></methodCall>"
      })
  void whatIsNoCallIsRefused(String xml) {
    assertThatExceptionOfType(BadCallException.class).isThrownBy(() -> read(xml));
  }

  @Test
  void valuesThatLieTooDeepAreRefused() {
    String deep = "<array><data><value>".repeat(10_000);
    assertThatExceptionOfType(BadCallException.class)
        .isThrownBy(() -> value(deep))
        .withMessageContaining("deep");
  }

  @Test
  void answersAreReadAsTheyWereWritten() {
    Wire sent =
        Wire.Items.of(
            new Wire.Text("Ñ <&> \u0001 花子"),
            Wire.NIL,
            new Wire.Whole(1L << 40),
            new Wire.Flag(false),
            new Wire.Real("1.5"),
            new Wire.Bytes("AAE="),
            new Wire.Moment(LocalDateTime.of(2026, 3, 1, 12, 0, 5)),
            WireValues.uuid("6f0c6b7e-0000-4000-8000-000000000001"));
    String answer = new String(AnswerWriter.answer(sent), StandardCharsets.UTF_8);
    Wire read =
        read(answer
                .replace("methodResponse>", "methodCall>")
                .replace("<params>", "<methodName>m</methodName><params>"))
            .parameters()
            .getFirst();
    List<Wire> values = ((Wire.Items) read).values();
    assertThat(values.getFirst()).isEqualTo(new Wire.Text("Ñ <&>  花子"));
    assertThat(values.subList(1, values.size()))
        .isEqualTo(((Wire.Items) sent).values().subList(1, values.size()));
  }

  @Test
  void faultsSayWhy() {
    assertThat(new String(AnswerWriter.fault(1, "no <model>"), StandardCharsets.UTF_8))
        .contains("<fault>", "faultString", "no &lt;model");
  }
}
