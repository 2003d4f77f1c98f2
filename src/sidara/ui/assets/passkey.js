const IP_ADDRESS = /^(\d+\.){3}\d+$|^\[/;

/**
 * Make a form of passkeys work by the scripts of the log-in library, where the browser can do it.
 * A passkey belongs to a name: under a bare IP address there is none, and the form stays hidden.
 * @param {HTMLFormElement} form
 * @param {Document} page
 * @param {Window} view
 */
export function readyPasskey(form, page, view) {
  const library = /** @type {any} */ (view).allauth?.webauthn?.forms;
  const fault = form.querySelector("[data-galat]");
  const kind = form.dataset.passkey ?? "";
  if (!library || !("credentials" in view.navigator) || IP_ADDRESS.test(view.location.hostname)) {
    if (fault && kind === "add") fault.textContent = form.dataset.tanpa ?? "";
    return;
  }
  const credential = form.querySelector("[name=credential]");
  if (!(credential instanceof HTMLInputElement)) return;
  credential.id ||= "passkey-credential";
  form.hidden = false;
  page.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (fault) fault.textContent = form.dataset.batal ?? "";
  });
  const data = JSON.parse(page.getElementById("passkey-data")?.textContent ?? "{}");
  const ids = { [kind]: `passkey-${kind}`, credential: credential.id };
  if (kind === "login") {
    keepChoice(form, page);
    library.loginForm({ ids });
  } else if (kind === "authenticate") {
    library.authenticateForm({ ids, data });
  } else {
    const alone = form.querySelector("[name=passwordless]");
    if (!(alone instanceof HTMLInputElement)) return;
    alone.checked = true;
    library.addForm({ ids: { ...ids, passwordless: alone.id }, data });
  }
}

/**
 * Let the choice of a shared computer hold for the passkey, too.
 * @param {HTMLFormElement} form
 * @param {Document} page
 */
function keepChoice(form, page) {
  const choice = page.getElementById("id_shared");
  const kept = form.querySelector("[name=shared]");
  if (!(choice instanceof HTMLInputElement) || !(kept instanceof HTMLInputElement)) return;
  const copy = () => {
    kept.value = choice.checked ? "1" : "0";
  };
  choice.addEventListener("change", copy);
  copy();
}
