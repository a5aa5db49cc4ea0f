import { describe, expect, it } from '@jest/globals';
import { lineChart, sizeText } from './line-chart.ts';

const chart = {
  title: 'Uses a second & what is stored',
  xLabel: 'deals stored',
  yLabel: 'uses/s',
  logX: true,
  curves: [
    {
      name: 'OnePoint',
      points: [
        { x: 100_000, y: 1_900 },
        { x: 1_000_000, y: 1_000 },
        { x: 10_000_000, y: 500 },
      ],
    },
  ],
};
const placesOf = (svg: string): number[][] =>
  (/polyline points="([^"]+)"/.exec(svg)?.[1] ?? '')
    .split(' ')
    .map((place) => place.split(',').map(Number));

describe('a chart', () => {
  const svg = lineChart(chart);

  it('names its axes with their units, and its curves', () => {
    for (const words of ['deals stored', 'uses/s', 'OnePoint', '100 k', '1 M', '10 M']) {
      expect(svg).toContain(`>${words}</text>`);
    }
  });

  it('puts tens equally far apart, and higher values higher', () => {
    const [first, second, third] = placesOf(svg);
    expect(second![0]! - first![0]!).toBeCloseTo(third![0]! - second![0]!, 0);
    expect(first![1]).toBeLessThan(second![1]!);
    expect(second![1]).toBeLessThan(third![1]!);
  });

  it('begins at zero: half the value is half the height', () => {
    const [, second, third] = placesOf(svg);
    expect(286 - second![1]!).toBeCloseTo(2 * (286 - third![1]!), 0);
  });

  it('can be read on light and on dark, and nothing of its words is markup', () => {
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).toContain('Uses a second &amp; what is stored');
    expect(svg.match(/<svg/g)).toHaveLength(1);
  });

  it('keeps the names of many curves apart, and within the chart', () => {
    const names = ['point', 'member', 'dashboard', 'billing', 'deal', 'database', 'broker'];
    const many = { ...chart, curves: names.map((name) => ({ ...chart.curves[0]!, name })) };
    const lefts = [...lineChart(many).matchAll(/<rect x="([\d.]+)"/g)].map(([, x]) => Number(x));
    const widths = lefts.slice(1).map((left, at) => left - lefts[at]!);
    expect(widths.every((width, at) => width > 15 + 7 * names[at]!.length)).toBe(true);
    expect(lefts.at(-1)! + 15 + 7 * 'broker'.length).toBeLessThan(640);
  });

  it('draws a single point too', () => {
    const one = { ...chart, curves: [{ name: 'one', points: [{ x: 5, y: 0 }] }] };
    expect(lineChart(one)).not.toMatch(/NaN|Infinity/);
  });
});

describe('a size', () => {
  it('is said in words from ten thousand on', () => {
    expect([0.5, 2_500, 10_000, 2_500_000].map(sizeText)).toEqual([
      '0.5',
      '2,500',
      '10 k',
      '2.5 M',
    ]);
  });
});
