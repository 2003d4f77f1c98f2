// The large map: tiles of SIDARA's own layer drawn on canvas, coloured by the class of each village.
// A place that is chosen leads to an address; the list beside the map leads to the same ones without script.
import L from "leaflet";
import { PMTiles } from "pmtiles";
import { paints } from "./atlas-paint.js";
import { Tiles } from "./atlas-tiles.js";
import { showNames } from "./atlas-names.js";

const REGENCY_BELOW = 8;
const DISTRICT_BELOW = 10;
const NATIVE = 10;
const CLOSEST = 13;
const REGENCY = 5;
const DISTRICT = 8;

/** @typedef {{classes: [string, string][], villages: Record<string, number>}} Marks */

/** @param {HTMLElement} place with the addresses of tiles, marks, pages and the bounds of the area */
async function draw(place) {
  const { code, tiles, marks, bounds, village, area } = /** @type {Record<string, string>} */ (place.dataset);
  const [west, south, east, north] = bounds.split(",").map(Number);
  const words = /** @type {HTMLElement} */ (document.querySelector("[data-kata]"));
  /** @type {Marks} */
  const known = await (await fetch(marks)).json();
  const source = new Tiles(new PMTiles(new URL(tiles, location.href).href), NATIVE);
  const fill = paints(known.classes.map(([style]) => style));
  /** @param {string} code */
  const classOf = (code) => known.villages[code] ?? -1;

  place.replaceChildren();
  const map = L.map(place, {
    attributionControl: false,
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
    maxZoom: CLOSEST,
    minZoom: 5,
  });
  L.control.scale({ imperial: false }).addTo(map);
  const drawn = source.layer((kode) => fill(classOf(kode)), (kode) => `${kode}.`.startsWith(`${code}.`)).addTo(map);
  const names = showNames(map, source);
  drawn.on("load", () => {
    names();
    place.dataset.drawn = "ya";
  });
  map.on("zoomend moveend", names);
  map.fitBounds([[south, west], [north, east]]);
  titleControls(place);

  /** @param {{kode: string, nama: string}} found */
  const target = (found) => {
    if (map.getZoom() < REGENCY_BELOW) return area.replace("KODE", found.kode.slice(0, REGENCY));
    if (map.getZoom() < DISTRICT_BELOW) return area.replace("KODE", found.kode.slice(0, DISTRICT));
    return village.replace("KODE", found.kode);
  };
  const plain = words.textContent;
  map.on("mousemove", async (event) => {
    const found = await source.at(event.latlng, map.getZoom());
    const label = found ? (known.classes[classOf(found.kode)]?.[1] ?? place.dataset.missing) : "";
    words.textContent = found ? `${found.nama}: ${label}` : plain;
  });
  map.on("click", async (event) => {
    const found = await source.at(event.latlng, map.getZoom());
    if (found) location.assign(target(found));
  });
}

/** @param {HTMLElement} place */
function titleControls(place) {
  const { closer, farther } = /** @type {Record<string, string>} */ (place.dataset);
  for (const [name, words] of [["in", closer], ["out", farther]]) {
    const button = place.querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("title", words);
    button?.setAttribute("aria-label", words);
  }
}

const place = document.getElementById("atlas");
if (place) {
  draw(place).catch(() => {
    const words = document.querySelector("[data-kata]");
    if (words) words.textContent = String(place.dataset.fault);
  });
}
