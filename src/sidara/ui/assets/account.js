// Pages of log-in and of the own account: passkeys, and a code that came by QR. All else works without.
import { fillCode } from "./code.js";
import { readyPasskey } from "./passkey.js";

for (const form of document.querySelectorAll("form[data-kode]"))
  if (form instanceof HTMLFormElement) fillCode(form, window.location, window.history);
for (const form of document.querySelectorAll("form[data-passkey]"))
  if (form instanceof HTMLFormElement) readyPasskey(form, document, window);
