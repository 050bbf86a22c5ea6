// A setting that the list does not show, because it has its usual value: its section, key and value are typed.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { isSecret } from "./settings.js";

export function NewSetting({ onClose, onNext }) {
  const [form, setForm] = useState({ section: "", key: "", value: "" });
  const [tried, setTried] = useState(false);
  const missing = (name) => tried && form[name].trim() === "" && t("config.missing");
  const bind = (name) => ({
    value: form[name],
    onInput: (text) => setForm({ ...form, [name]: text }),
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false,
  });
  const next = (event) => {
    event.preventDefault();
    setTried(true);
    const section = form.section.trim();
    const key = form.key.trim();
    if (section && key) {
      onNext({ section, key, value: form.value.trim(), isNew: true });
    }
  };
  return html`
    <${Dialog} title=${t("config.add")} onClose=${onClose}>
      <form onSubmit=${next} novalidate>
        <${Field} label=${t("config.section")} hint=${t("config.section.hint")} error=${missing("section")} ...${bind("section")} autofocus />
        <${Field} label=${t("config.key")} error=${missing("key")} ...${bind("key")} />
        <${Field} label=${t("config.value")} type=${isSecret(form.section.trim(), form.key.trim()) ? "password" : "text"} ...${bind("value")} />
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit">${t("config.next")}<//>
        </div>
      </form>
    <//>
  `;
}
