import { describe, expect, it } from '@jest/globals';
import { growthCharts } from './growth-charts.ts';
import { growthText } from './growth-text.ts';
import { sampleGrowth } from './test-sample-growth.ts';

describe('the text of a growth run', () => {
  const lines = growthText(sampleGrowth());

  it('has a line for each size, each hot spot and each number of replicas', () => {
    expect(lines.find((line) => /^1,000,000 +10,000,000/.test(line))).toMatch(/1,800/);
    expect(lines.find((line) => line.startsWith('one member'))).toMatch(/1,500/);
    expect(lines.filter((line) => /^ +2 +[12] /.test(line))).toHaveLength(2);
  });

  it('puts the p99 of each query side by side', () => {
    expect(lines.find((line) => /^dashboard +all/.test(line))).toMatch(/8\.00 +8\.00 +8\.00$/);
  });

  it('says how much each process has grown since it was warm', () => {
    expect(lines.find((line) => line.startsWith('deal '))).toMatch(/2\.40$/);
    expect(lines.find((line) => line.startsWith('point '))).toMatch(/120 +120 +0$/);
  });

  it('says nothing of parts that were not run', () => {
    const nothing = { ...sampleGrowth(), steps: [], spots: [], replicas: [], memory: null };
    expect(growthText(nothing)).toEqual([]);
  });
});

describe('the charts of a growth run', () => {
  it('are one for each curve that was measured', () => {
    expect([...growthCharts(sampleGrowth()).keys()]).toEqual([
      ...['uses-by-members.svg', 'uses-p99-by-members.svg', 'queries-p99-by-members.svg'],
      ...['uses-by-deals.svg', 'uses-p99-by-deals.svg', 'queries-p99-by-deals.svg'],
      ...['replicas.svg', 'memory.svg'],
    ]);
    const { steps } = sampleGrowth();
    const one = { ...sampleGrowth(), steps: steps.slice(0, 1), replicas: [], memory: null };
    expect(growthCharts(one).size).toBe(0);
  });

  it('draw the sizes that vary along their axis, and no others', () => {
    const svg = growthCharts(sampleGrowth()).get('uses-by-members.svg') ?? '';
    expect(svg).toContain('>10 k</text>');
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });

  it('draw a long load as lines that can be told apart', () => {
    const svg = growthCharts(sampleGrowth()).get('memory.svg') ?? '';
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).not.toContain('<circle');
  });
});
