// Vector tiles of one PMTiles file: decoded once, drawn on canvas, asked what lies at a place.
import { VectorTile } from "@mapbox/vector-tile";
import L from "leaflet";
import { PbfReader } from "pbf";

const SIZE = 256;
const KEPT = 200;
const PALE = 0.3;
const DISTRICT_LINES = 8;

/** @typedef {{kode: string, nama: string, path: Path2D}} Village */
/** @typedef {{tingkat: number, nama: string, point: L.LatLng}} Name */
/** @typedef {{extent: number, villages: Village[], lines: {tingkat: number, path: Path2D}[], names: Name[]}} Tile */

export class Tiles {
  /**
   * @param {import("pmtiles").PMTiles} archive
   * @param {number} native the closest zoom that the archive has
   */
  constructor(archive, native) {
    this.archive = archive;
    this.native = native;
    /** @type {Map<string, Promise<Tile | null>>} */
    this.decoded = new Map();
    this.probe = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  }

  /**
   * @param {number} z
   * @param {number} x
   * @param {number} y
   */
  tile(z, x, y) {
    const key = `${z}/${x}/${y}`;
    const kept = this.decoded.get(key);
    if (kept) return kept;
    if (this.decoded.size > KEPT) this.decoded.delete(/** @type {string} */ (this.decoded.keys().next().value));
    const made = this.archive.getZxy(z, x, y).then((found) => (found ? decode(found.data, z, x, y) : null));
    this.decoded.set(key, made);
    return made;
  }

  /**
   * @param {(code: string) => string | CanvasPattern} fill
   * @param {(code: string) => boolean} inside what is not inside is drawn pale
   */
  layer(fill, inside) {
    const tiles = this;
    const Layer = L.GridLayer.extend({
      /** @param {L.Coords} coords @param {(fault?: Error, tile?: HTMLElement) => void} done */
      createTile(coords, done) {
        const canvas = document.createElement("canvas");
        tiles.paint(canvas, coords, fill, inside).then(() => done(undefined, canvas), (fault) => done(fault, canvas));
        return canvas;
      },
    });
    const Made = /** @type {new (options: L.GridLayerOptions) => L.GridLayer} */ (/** @type {unknown} */ (Layer));
    return new Made({ tileSize: SIZE });
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {L.Coords} coords
   * @param {(code: string) => string | CanvasPattern} fill
   * @param {(code: string) => boolean} inside
   */
  async paint(canvas, coords, fill, inside) {
    const deeper = Math.max(0, coords.z - this.native);
    const parts = 2 ** deeper;
    const tile = await this.tile(coords.z - deeper, Math.floor(coords.x / parts), Math.floor(coords.y / parts));
    const sharp = window.devicePixelRatio || 1;
    canvas.width = canvas.height = SIZE * sharp;
    const context = canvas.getContext("2d");
    if (!tile || !context) return;
    const scale = (SIZE * sharp * parts) / tile.extent;
    const part = tile.extent / parts;
    context.setTransform(scale, 0, 0, scale, -(coords.x % parts) * part * scale, -(coords.y % parts) * part * scale);
    const upright = new DOMMatrix().scale(sharp / scale);
    for (const { kode, path } of tile.villages) {
      const paint = fill(kode);
      if (paint instanceof CanvasPattern) paint.setTransform(upright);
      context.globalAlpha = inside(kode) ? 1 : PALE;
      context.fillStyle = paint;
      context.fill(path, "evenodd");
    }
    context.globalAlpha = 1;
    context.lineJoin = "round";
    context.strokeStyle = "#fff";
    context.lineWidth = (sharp * (coords.z < DISTRICT_LINES ? 0.3 : 0.8)) / scale;
    for (const { path } of tile.villages) context.stroke(path);
    context.strokeStyle = "#1e2522";
    for (const { tingkat, path } of tile.lines) {
      if (tingkat > 2 && coords.z < DISTRICT_LINES) continue;
      context.lineWidth = (sharp * (tingkat > 2 ? 0.9 : 1.6)) / scale;
      context.stroke(path);
    }
  }

  /**
   * Give the village at a place.
   * @param {L.LatLng} place
   * @param {number} zoom
   * @returns {Promise<Village | undefined>}
   */
  async at(place, zoom) {
    const z = Math.min(zoom, this.native);
    const point = L.CRS.EPSG3857.latLngToPoint(place, z).divideBy(SIZE);
    const tile = await this.tile(z, Math.floor(point.x), Math.floor(point.y));
    if (!tile) return undefined;
    const x = (point.x % 1) * tile.extent;
    const y = (point.y % 1) * tile.extent;
    return tile.villages.find(({ path }) => this.probe.isPointInPath(path, x, y, "evenodd"));
  }

  /**
   * Give the names in view of a level.
   * @param {L.LatLngBounds} view
   * @param {number} zoom
   * @param {number} level
   */
  async names(view, zoom, level) {
    const z = Math.min(zoom, this.native);
    const first = L.CRS.EPSG3857.latLngToPoint(view.getNorthWest(), z).divideBy(SIZE).floor();
    const last = L.CRS.EPSG3857.latLngToPoint(view.getSouthEast(), z).divideBy(SIZE).floor();
    const wanted = [];
    for (let x = first.x; x <= last.x; x += 1) for (let y = first.y; y <= last.y; y += 1) wanted.push(this.tile(z, x, y));
    const found = (await Promise.all(wanted)).flatMap((tile) => tile?.names ?? []);
    return found.filter(({ tingkat, point }) => tingkat === level && view.contains(point));
  }
}

/**
 * @param {ArrayBuffer} data
 * @param {number} z
 * @param {number} x
 * @param {number} y
 * @returns {Tile}
 */
function decode(data, z, x, y) {
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(data)));
  const extent = layers.desa?.extent ?? 4096;
  const villages = features(layers.desa).map((feature) => ({
    kode: String(feature.properties.kode),
    nama: String(feature.properties.nama),
    path: path(feature.loadGeometry(), true),
  }));
  const lines = features(layers.batas).map((feature) => ({
    tingkat: Number(feature.properties.tingkat),
    path: path(feature.loadGeometry(), false),
  }));
  const names = features(layers.nama).map((feature) => {
    const [[spot]] = feature.loadGeometry();
    const place = L.point(x + spot.x / extent, y + spot.y / extent).multiplyBy(SIZE);
    return {
      tingkat: Number(feature.properties.tingkat),
      nama: String(feature.properties.nama),
      point: L.CRS.EPSG3857.pointToLatLng(place, z),
    };
  });
  return { extent, villages, lines, names };
}

/** @param {import("@mapbox/vector-tile").VectorTileLayer | undefined} layer */
function features(layer) {
  return layer ? Array.from({ length: layer.length }, (_, at) => layer.feature(at)) : [];
}

/**
 * @param {{x: number, y: number}[][]} rings
 * @param {boolean} closed
 */
function path(rings, closed) {
  const made = new Path2D();
  for (const ring of rings) {
    ring.forEach(({ x, y }, at) => (at ? made.lineTo(x, y) : made.moveTo(x, y)));
    if (closed) made.closePath();
  }
  return made;
}
