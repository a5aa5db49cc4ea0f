import { median } from '../figures/percentile.ts';
import { rateMedians } from '../figures/rate-medians.ts';
import type { Figure, LoadSeen, Measure } from '../report/bench-report.ts';
import { figureText } from '../report/figure-text.ts';
import { loadFloor, loadOnePoint } from './busy-house.ts';
import type { BusyHouse, LoadDone } from './busy-house.ts';
import type { BenchOptions, Part } from './options.ts';

interface Round {
  readonly clients: number;
  readonly floor: LoadDone;
  readonly onepoint: LoadDone;
}

const MANY = 64;
/** Fewer or shorter rounds show that it works; what they say of speed is chance. */
const ROUNDS_MIN = 3;
const SECONDS_MIN = 5;

/** S1 and S2: both systems in alternation under the same load, round after round, after a load that is not counted. */
export async function usesBesideFloor(house: BusyHouse, options: BenchOptions): Promise<Part> {
  const { rounds, clients, seconds, warmSeconds, say } = options;
  const seen: Round[] = [];
  // Both begin as warm as services are that have been up for days, and neither warmer than the other.
  await loadFloor(house, MANY, warmSeconds);
  await loadOnePoint(house, MANY, warmSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const many of clients) {
      const { floor, onepoint } = await loadBoth(house, many, seconds, round);
      seen.push({ clients: many, floor, onepoint });
      say(roundText(round, { clients: many, floor, onepoint }));
    }
  }
  const loads = clients.map((many) => loadOf(seen.filter((each) => each.clients === many)));
  const atGoalSize = rounds >= ROUNDS_MIN && seconds >= SECONDS_MIN;
  return { measures: measuresOf(loads, atGoalSize), loads, rounds: { uses: seen } };
}

/** Each begins every other round: where the machine becomes slower or faster, it does so for both alike. */
async function loadBoth(
  house: BusyHouse,
  clients: number,
  seconds: number,
  round: number,
): Promise<Pick<Round, 'floor' | 'onepoint'>> {
  if (round % 2 === 0) {
    const onepoint = await loadOnePoint(house, clients, seconds);
    return { floor: await loadFloor(house, clients, seconds), onepoint };
  }
  const floor = await loadFloor(house, clients, seconds);
  return { floor, onepoint: await loadOnePoint(house, clients, seconds) };
}

function loadOf(rounds: readonly Round[]): LoadSeen {
  const ratio = (of: (done: LoadDone) => number): number =>
    median(rounds.map(({ onepoint, floor }) => of(onepoint) / of(floor)));
  return {
    clients: rounds[0]?.clients ?? 0,
    onepoint: rateMedians(rounds.map(({ onepoint }) => onepoint.rate)),
    floor: rateMedians(rounds.map(({ floor }) => floor.rate)),
    rateRatio: ratio(({ rate }) => rate.perSecond),
    p50Ratio: ratio(({ rate }) => rate.p50Ms),
    // Of the last round, when everything has been warm for longest.
    stages: rounds.at(-1)?.onepoint.stages ?? [],
  };
}

function measuresOf(loads: readonly LoadSeen[], atGoalSize: boolean): Measure[] {
  const many = loads.find(({ clients }) => clients === MANY);
  const one = loads.find(({ clients }) => clients === 1);
  const measures: Measure[] = [];
  if (many !== undefined) {
    const { rateRatio, onepoint, floor } = many;
    const ratio: Figure = {
      ...{ what: 'ratio', value: rateRatio, unit: '×', better: 'more', goal: 3 },
    };
    measures.push({
      ...{ id: 'S1', atGoalSize },
      figures: [
        ratio,
        { what: 'OnePoint', value: onepoint.perSecond, unit: '/s', better: 'more' },
        { what: 'floor', value: floor.perSecond, unit: '/s', better: 'more' },
      ],
    });
  }
  if (one !== undefined) {
    const { p50Ratio, onepoint, floor } = one;
    const ratio: Figure = {
      ...{ what: 'ratio', value: p50Ratio, unit: '×', better: 'less', goal: 1.5 },
    };
    measures.push({
      ...{ id: 'S2', atGoalSize },
      figures: [
        ratio,
        { what: 'OnePoint', value: onepoint.p50Ms, unit: 'ms', better: 'less' },
        { what: 'floor', value: floor.p50Ms, unit: 'ms', better: 'less' },
      ],
    });
  }
  return measures;
}

function roundText(round: number, { clients, floor, onepoint }: Round): string {
  const rate = ({ rate: { perSecond, p50Ms, p99Ms } }: LoadDone): string =>
    `${figureText(perSecond)}/s p50 ${figureText(p50Ms)} p99 ${figureText(p99Ms)} ms`;
  const ratio = onepoint.rate.perSecond / floor.rate.perSecond;
  const late = (onepoint.caughtUpMs / 1_000).toFixed(1);
  return [
    `round ${round}, ${clients} clients`,
    `floor ${rate(floor)}`,
    `onepoint ${rate(onepoint)}`,
    `×${ratio.toFixed(2)}`,
    `caught up in ${late} s`,
  ].join(' | ');
}
