// The small script of all pages. Everything works without it; it only saves steps.
import { closeMenuOutside } from "./menu.js";
import { openForPrint } from "./print.js";
import { suggestWhileTyping } from "./search.js";

closeMenuOutside(document);
openForPrint(window);
for (const form of document.querySelectorAll("form[data-saran]"))
  if (form instanceof HTMLFormElement) suggestWhileTyping(form);
