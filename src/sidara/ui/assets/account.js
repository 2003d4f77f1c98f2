// Pages of log-in and of the own account: passkeys, a code that came by QR, and what is forgotten as one logs out.
// All else works without.
import { fillCode } from "./code.js";
import { lockOnLeaving } from "./leave.js";
import { readyPasskey } from "./passkey.js";

for (const form of document.querySelectorAll("form[data-kode]"))
  if (form instanceof HTMLFormElement) fillCode(form, window.location, window.history);
for (const form of document.querySelectorAll("form[data-passkey]"))
  if (form instanceof HTMLFormElement) readyPasskey(form, document, window);
for (const form of document.querySelectorAll("form[data-keluar]"))
  if (form instanceof HTMLFormElement) lockOnLeaving(form);
