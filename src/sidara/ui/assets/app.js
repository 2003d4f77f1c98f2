// The small script of all pages. Everything works without it; it only saves steps.
import { offerCopies } from "./copy.js";
import { closeMenuOutside } from "./menu.js";
import { openForPrint } from "./print.js";
import { suggestWhileTyping } from "./search.js";
import { tellWhileWaiting } from "./waiting.js";
import { answerWhileChanging } from "./whatif.js";

closeMenuOutside(document);
openForPrint(window);
offerCopies(document, navigator.clipboard);
for (const place of document.querySelectorAll("form [data-menunggu]")) {
  const form = place.closest("form");
  if (form && place instanceof HTMLElement) tellWhileWaiting(form, place, window);
}
for (const form of document.querySelectorAll("form[data-saran]"))
  if (form instanceof HTMLFormElement) suggestWhileTyping(form);
for (const form of document.querySelectorAll("form[data-andai]"))
  if (form instanceof HTMLFormElement) answerWhileChanging(form, document);
