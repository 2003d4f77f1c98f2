// Colours and patterns of the classes, from the tokens: a grey copy still tells them apart.
const HATCH = "x";
const SEVERAL = "s";
const STYLES = /** @type {Record<string, string>} */ ({ kel: "--status-kel" });

/**
 * Give the fill of a class by its number; -1 = no data.
 * @param {string[]} styles the style of each class
 * @returns {(number: number) => string | CanvasPattern}
 */
export function paints(styles) {
  const made = styles.map(paint);
  const missing = paint(HATCH);
  return (number) => made[number] ?? missing;
}

/** @param {string} style @returns {string | CanvasPattern} */
function paint(style) {
  const tokens = getComputedStyle(document.documentElement);
  const colour = tokens.getPropertyValue(STYLES[style] ?? `--status-${style}`).trim();
  if (style === HATCH) return pattern("#fff", tokens.getPropertyValue("--arsir").trim(), falling);
  if (style === SEVERAL) return pattern("#fff", tokens.getPropertyValue("--tinta-2").trim(), dotted);
  if (style === "1") return pattern(colour, "#fff", dotted);
  if (style === "2") return pattern(colour, "#fff", slanted);
  if (style === "4") return pattern(colour, "#fff", level);
  return colour;
}

/**
 * @param {string} ground
 * @param {string} ink
 * @param {(context: CanvasRenderingContext2D) => void} draw on 8 x 8 px
 */
function pattern(ground, ink, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = ground;
  context.fillRect(0, 0, 8, 8);
  context.fillStyle = context.strokeStyle = ink;
  context.lineWidth = 1;
  draw(context);
  return /** @type {CanvasPattern} */ (context.createPattern(canvas, "repeat"));
}

/** @param {CanvasRenderingContext2D} context */
function dotted(context) {
  context.fillRect(1, 1, 1.5, 1.5);
  context.fillRect(5, 5, 1.5, 1.5);
}

/** @param {CanvasRenderingContext2D} context */
function slanted(context) {
  context.beginPath();
  for (const start of [-8, 0, 8]) {
    context.moveTo(start, 8);
    context.lineTo(start + 8, 0);
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context */
function falling(context) {
  context.setTransform(-1, 0, 0, 1, 8, 0);
  slanted(context);
}

/** @param {CanvasRenderingContext2D} context */
function level(context) {
  context.fillRect(0, 3, 8, 1);
}
