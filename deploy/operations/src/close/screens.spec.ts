import { describe, expect, it } from '@jest/globals';
import { sampleClose } from '../testing/sample-close.ts';
import { progressBar } from './progress-text.ts';
import { BarScreen, LineScreen } from './screens.ts';

const running = (waiting: number, merchants = 1_000) =>
  sampleClose({ state: 'running', merchants, waiting, settled: merchants - waiting });

/** A terminal or a file, with all that was written. */
class Sheet {
  text = '';
  constructor(readonly columns?: number) {}
  write(text: string): void {
    this.text += text;
  }
}

describe('the bar', () => {
  it('is as long as what is done', () => {
    expect(progressBar(running(750), null, 100)).toBe(
      `202611 ${'█'.repeat(10)}${'░'.repeat(30)}  25 %  250 of 1,000 merchants`,
    );
    expect(progressBar(sampleClose(), null, 100)).toContain(`${'█'.repeat(40)} 100 %`);
  });

  it('says how long it may take, while it takes any time', () => {
    expect(progressBar(running(750), 25, 100)).toMatch(/, about 30 s left$/);
    expect(progressBar(running(750), 1, 100)).toMatch(/, about 13 min left$/);
    expect(progressBar(sampleClose(), 25, 100)).toMatch(/merchants$/);
  });

  it.each([10, 20, 40, 60, 80, 120, 300])('fits on %i columns, whatever it says', (columns) => {
    const long = { ...running(123_456_789, 987_654_321), problems: 1_234_567 };
    expect(progressBar(long, 1, columns).length).toBeLessThan(columns);
  });

  it('is drawn over itself, and left with a line end', () => {
    const terminal = new Sheet(80);
    let nowMs = 0;
    const screen = new BarScreen(terminal, () => nowMs);
    for (const waiting of [1_000, 900]) {
      screen.show(running(waiting));
      nowMs += 10_000;
    }
    screen.end();
    screen.end();
    expect(terminal.text.split('\r\u001b[2K')).toHaveLength(3);
    expect(terminal.text).toMatch(/about 90 s left\n$|about 2 min left\n$/);
    expect(terminal.text.split('\n')).toHaveLength(2);
  });
});

describe('lines', () => {
  it('come at the beginning, at each tenth and at the end, and never twice', () => {
    const log = new Sheet();
    const screen = new LineScreen(log);
    for (let waiting = 1_000; waiting >= 0; waiting -= 5) screen.show(running(waiting));
    screen.show(sampleClose({ merchants: 1_000 }));
    screen.end();
    const lines = log.text.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('202611 0 %: 0 of 1,000 merchants');
    expect(lines.at(-1)).toBe('202611 100 %: 1,000 of 1,000 merchants');
    expect(log.text).not.toContain('\u001b');
  });

  it('name problems as soon as there are some', () => {
    const log = new Sheet();
    new LineScreen(log).show({ ...running(500), problems: 2 });
    expect(log.text).toBe('202611 50 %: 500 of 1,000 merchants, 2 with problems\n');
  });
});
