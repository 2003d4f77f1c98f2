// The script of the editor of activities. Everything works without it; it only saves steps.
import { countWhileChoosing } from "./choosing.js";

for (const place of document.querySelectorAll("[data-pilih-desa]"))
  if (place instanceof HTMLElement) countWhileChoosing(place);
