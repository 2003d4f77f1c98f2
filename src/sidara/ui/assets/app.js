// The small script of all pages. Everything works without it; it only saves steps.
import { offerCopies } from "./copy.js";
import { closeMenuOutside } from "./menu.js";
import { openForPrint } from "./print.js";
import { suggestWhileTyping } from "./search.js";
import { answerWhileChanging } from "./whatif.js";

closeMenuOutside(document);
openForPrint(window);
offerCopies(document, navigator.clipboard);
for (const form of document.querySelectorAll("form[data-saran]"))
  if (form instanceof HTMLFormElement) suggestWhileTyping(form);
for (const form of document.querySelectorAll("form[data-andai]"))
  if (form instanceof HTMLFormElement) answerWhileChanging(form, document);
