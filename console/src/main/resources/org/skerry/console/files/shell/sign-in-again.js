// The session ended while somebody worked: the password is asked for over the page, which stays as it is.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { signOut } from "../core/session.js";
import { Dialog } from "../parts/dialog.js";
import { SignInForm } from "../parts/sign-in-form.js";

export function SignInAgain({ name }) {
  // Without the session there is nothing to sign out of; the page is left all the same.
  const giveUp = () => signOut().catch(() => location.reload());
  return html`
    <${Dialog} title=${t("shell.sign_in_again")} onClose=${giveUp}>
      <p>${t("shell.sign_in_again.text")}</p>
      <${SignInForm} name=${name} />
    <//>
  `;
}
