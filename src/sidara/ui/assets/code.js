/**
 * Fill name and one-time code from behind `#` of the address, where a QR code put them: no server sees that part.
 * It is taken out of the address at once, so that it does not stay in the history of a shared computer.
 * @param {HTMLFormElement} form
 * @param {Location} place
 * @param {History} history
 */
export function fillCode(form, place, history) {
  const given = new URLSearchParams(place.hash.slice(1));
  for (const [key, name] of [["nama", "login"], ["kode", "code"]]) {
    const field = form.elements.namedItem(name);
    const value = given.get(key);
    if (value && field instanceof HTMLInputElement) field.value = value;
  }
  if (given.has("kode")) history.replaceState(null, "", place.pathname + place.search);
}
