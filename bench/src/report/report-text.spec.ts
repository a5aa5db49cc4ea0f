import { describe, expect, it } from '@jest/globals';
import { reportText } from './report-text.ts';
import { sampleReport } from './test-sample-report.ts';

describe('the printed report', () => {
  const lines = reportText(sampleReport({ rate: 1_000, p50Ms: 10 }));

  it('has a row for each goal', () => {
    for (let goal = 1; goal <= 9; goal += 1) {
      expect(lines.filter((line) => line.startsWith(`S${goal} `))).toHaveLength(1);
    }
  });

  it('shows where the time goes, the costliest process first, and their sum', () => {
    const processes = lines.filter((line) => line.startsWith('onepoint'));
    expect(processes[0]).toMatch(/deal +0\.500$/);
    expect(processes.at(-1)).toMatch(/all +1\.250$/);
    expect(lines.find((line) => line.startsWith('deal ') && line.includes('deal-records'))).toMatch(
      /100 +10\.0 +1\.00 +2\.00$/,
    );
  });

  it('says how busy the driver was, so that it is seen not to be what was measured', () => {
    expect(lines.join('\n')).toContain('30.0 %');
  });

  it('has no room for what was not measured', () => {
    const bare = { ...sampleReport({ rate: 1, p50Ms: 1 }), loads: [], dealCost: null };
    expect(reportText(bare).join('\n')).not.toContain('where the time goes');
  });
});
