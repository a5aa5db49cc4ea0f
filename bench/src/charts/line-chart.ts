/** One line of a chart. */
export interface Curve {
  readonly name: string;
  /** Ascending x, above 0 where the axis is logarithmic. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A chart with its axes in words. */
export interface LineChart {
  readonly title: string;
  /** With its unit. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Decades apart, for sizes that grow by tens. */
  readonly logX: boolean;
  readonly curves: readonly Curve[];
}

const WIDTH = 640;
const HEIGHT = 360;
const PLOT = { left: 72, right: 620, top: 48, bottom: 286 };
const Y_STEPS = 4;
/** Of a letter at font size 12, rather too wide than too narrow; and what stands around a name. */
const LETTER_WIDTH = 7;
const LEGEND_MARGIN = 30;
/** Told apart on white and on black, and by those who see few colours. */
const COLOURS = ['#2f7ed8', '#d9730d', '#159b5b', '#b04fc0', '#c23b4b', '#8a8a00', '#7a7a7a'];
/** More points than this are a line without dots. */
const DOTS_MAX = 20;

/**
 * An SVG of its own, without scripts or fonts: text takes the reader's colour, so that it can be read
 * on light and on dark. The y axis begins at 0.
 */
export function lineChart(chart: LineChart): string {
  const points = chart.curves.flatMap((curve) => curve.points);
  const place = (x: number): number => (chart.logX ? Math.log10(x) : x);
  const xs = points.map(({ x }) => place(x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const top = roundUp(Math.max(...points.map(({ y }) => y)));
  const xAt = (x: number): number =>
    high === low
      ? (PLOT.left + PLOT.right) / 2
      : PLOT.left + ((place(x) - low) / (high - low)) * (PLOT.right - PLOT.left);
  const yAt = (y: number): number => PLOT.bottom - (y / top) * (PLOT.bottom - PLOT.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(chart.title)}</title>`,
    '<style>text{fill:#24292f}line{stroke:#8c959f;stroke-opacity:.4}@media(prefers-color-scheme:dark){text{fill:#d0d7de}}</style>',
    text(WIDTH / 2, 22, chart.title, 'middle', ' font-size="15" font-weight="bold"'),
    ...Array.from({ length: Y_STEPS + 1 }, (_, step) => yTick((top * step) / Y_STEPS, yAt)),
    ...xTicks(points.map(({ x }) => x)).map((x) => xTick(x, xAt)),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 40, chart.xLabel, 'middle'),
    text(PLOT.left, PLOT.top - 10, chart.yLabel, 'start'),
    ...chart.curves.map((curve, at) => drawn(curve, COLOURS[at % COLOURS.length]!, xAt, yAt)),
    ...legends(chart.curves.map(({ name }) => name)),
    '</svg>',
    '',
  ].join('\n');
}

/** The next power of ten, or 2, 4, 6 or 8 of them: four steps of round values. */
function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 6, 8].find((step) => step * power >= value) ?? 10);
}

/** As many as there are sizes, and no more than can be read. */
function xTicks(xs: readonly number[]): number[] {
  const all = [...new Set(xs)].sort((a, b) => a - b);
  const step = Math.ceil(all.length / 8);
  return all.filter((_, at) => at % step === 0);
}

function xTick(x: number, xAt: (x: number) => number): string {
  const at = xAt(x).toFixed(1);
  return `<line x1="${at}" y1="${PLOT.top}" x2="${at}" y2="${PLOT.bottom}"/>${text(Number(at), PLOT.bottom + 18, sizeText(x), 'middle')}`;
}

function yTick(y: number, yAt: (y: number) => number): string {
  const at = yAt(y).toFixed(1);
  return `<line x1="${PLOT.left}" y1="${at}" x2="${PLOT.right}" y2="${at}"/>${text(PLOT.left - 8, Number(at) + 4, sizeText(y), 'end')}`;
}

function drawn(
  { points }: Curve,
  colour: string,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
): string {
  const places = points.map(({ x, y }) => [xAt(x).toFixed(1), yAt(y).toFixed(1)]);
  const dots = (places.length > DOTS_MAX ? [] : places).map(
    ([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`,
  );
  const line = places.map((place) => place.join(',')).join(' ');
  return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`;
}

/** One after the other, each as wide as its name: equal parts are too narrow for the longest of seven. */
function legends(names: readonly string[]): string[] {
  let x = PLOT.left;
  return names.map((name, at) => {
    const from = x;
    x += LEGEND_MARGIN + name.length * LETTER_WIDTH;
    return legend(name, at, from);
  });
}

function legend(name: string, at: number, x: number): string {
  const y = HEIGHT - 16;
  return `<rect x="${x.toFixed(1)}" y="${y - 9}" width="10" height="10" fill="${COLOURS[at % COLOURS.length]!}"/>${text(x + 15, y, name, 'start')}`;
}

/** 10 k, 1 M: sizes that grow by tens are read by their words. */
export function sizeText(size: number): string {
  const [by, word] = size >= 1e6 ? [1e6, ' M'] : size >= 1e4 ? [1e3, ' k'] : [1, ''];
  return `${Number((size / by).toPrecision(3)).toLocaleString('en-US')}${word}`;
}

function text(x: number, y: number, words: string, anchor: string, more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
