// Names on the large map: kabupaten from afar, kecamatan nearer, villages nearest; no two meet.
import L from "leaflet";

const LETTER = 7;
const LINE = 16;
const LEVELS = [[8, 2], [10, 3], [99, 4]];

/**
 * Give a function that writes the names in view anew.
 * @param {L.Map} map
 * @param {import("./atlas-tiles.js").Tiles} tiles
 */
export function showNames(map, tiles) {
  const layer = L.layerGroup().addTo(map);
  let asked = 0;
  return async () => {
    const mine = (asked += 1);
    const level = /** @type {number[]} */ (LEVELS.find(([below]) => map.getZoom() < below))[1];
    const found = await tiles.names(map.getBounds(), map.getZoom(), level);
    if (mine !== asked) return;
    layer.clearLayers();
    /** @type {L.Bounds[]} */
    const taken = [];
    for (const { nama, point } of found) {
      const middle = map.latLngToContainerPoint(point);
      const half = L.point((nama.length * LETTER) / 2, LINE / 2);
      const box = L.bounds(middle.subtract(half), middle.add(half));
      if (taken.some((other) => other.overlaps(box))) continue;
      taken.push(box);
      const words = document.createElement("span");
      words.textContent = nama;
      const icon = L.divIcon({ className: "atlas__nama", html: words, iconSize: [0, 0] });
      L.marker(point, { icon, interactive: false, keyboard: false }).addTo(layer);
    }
  };
}
