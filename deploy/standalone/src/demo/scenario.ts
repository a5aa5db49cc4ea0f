import type { Words } from './demo-words.ts';
import type { Answer, Doors } from './doors.ts';
import type { Terminal } from './terminal.ts';

/** The seed's phones; a run on data that has them already takes new ones. */
const SEED_PHONES = ['01011111111', '0102223111'] as const;
const SEED_MERCHANT = 20;

interface Cast {
  readonly first: number;
  readonly second: number;
  readonly merchantId: number;
}

/**
 * The seed's scenario, call by call, spelled as its clients spell it. One purchase is added before
 * the first use: after the cancel there is nothing left to spend.
 */
export class Scenario {
  constructor(
    private readonly doors: Doors,
    private readonly terminal: Terminal,
    private readonly words: Words,
  ) {}

  /** Plays everything; whether all came out as it should is in the terminal's `isAllGood`. */
  async play(month: string): Promise<void> {
    const { words, terminal } = this;
    const cast = await this.join();
    const used = await this.firstMember(cast);
    terminal.heading(words.second);
    await this.deal(cast, cast.second, { dealAmount: '100000', type: 'save' });
    for (const _ of [1, 2]) {
      await this.deal(cast, cast.second, { dealAmount: '10000', type: 'use', point: ' 200' });
    }
    await this.points(cast.second, 600);
    await this.settle(cast, month, used);
    await this.leave(cast, used);
  }

  private async join(): Promise<Cast> {
    const { doors, words, terminal } = this;
    terminal.heading(words.join);
    const taken = await doors.ask('GET', `${doors.member}/members?phone=${SEED_PHONES[0]}`);
    const isFirstRun = taken.status === 404;
    const [one, two] = isFirstRun ? SEED_PHONES : [randomPhone(), randomPhone()];
    const first = await doors.call('POST', `${doors.member}/members`, {
      name: '안서연',
      phone: one,
      address: '용인시 기흥구 구갈동',
    });
    const second = await doors.call('POST', `${doors.member}/members`, {
      name: '김준혁',
      phone: two,
      address: '경기도 하남시',
    });
    await this.points(idOf(first), 0);
    await this.points(idOf(second), 0);
    const merchantId = isFirstRun ? SEED_MERCHANT : await this.freshMerchant();
    return { first: idOf(first), second: idOf(second), merchantId };
  }

  /** What is settled already would blur the sums: a later run trades at a merchant of its own. */
  private async freshMerchant(): Promise<number> {
    const { doors } = this;
    return idOf(await doors.call('POST', `${doors.deal}/merchants`, { name: 'Demo' }));
  }

  /** Answers the successful use, the failed one, and the cancelled save. */
  private async firstMember(cast: Cast): Promise<{ use: number; failed: number; saved: number }> {
    const { words, terminal } = this;
    const spelled = `000${cast.first}`;
    const purchase = { dealAmount: '100000', type: 'save' };
    terminal.heading(words.save);
    const saved = await this.deal(cast, spelled, purchase);
    await this.points(cast.first, 1_000);
    await this.deal(cast, spelled, { dealAmount: '100000', type: 'cancel' });
    await this.points(cast.first, 0);
    terminal.heading(words.use);
    await this.deal(cast, spelled, purchase);
    const use = await this.deal(cast, spelled, { dealAmount: '10000', type: 'use', point: '100' });
    await this.points(cast.first, 900);
    await this.view(idOf(use), { billingStatus: 'no', memberStatus: 'valid' });
    terminal.heading(words.tooMuch);
    const failed = await this.deal(cast, spelled, {
      dealAmount: '10000',
      type: 'use',
      point: '10000',
    });
    terminal.check('status', failed.body['status'], 'fail');
    await this.points(cast.first, 900);
    const none = await this.doors.ask(
      'GET',
      `${this.doors.dashboard}/billingAmountViews/${idOf(failed)}`,
    );
    terminal.check(words.noView, none.status, 404);
    terminal.heading(words.again);
    await this.deal(cast, spelled, purchase);
    await this.points(cast.first, 1_900);
    return { use: idOf(use), failed: idOf(failed), saved: idOf(saved) };
  }

  private async settle(cast: Cast, billingMonth: string, used: { use: number }): Promise<void> {
    const { doors, words, terminal } = this;
    const request = { mercharntId: String(cast.merchantId), billingMonth };
    terminal.heading(words.settle);
    // The statement is made from events: the last use needs a moment to arrive.
    await doors.until(
      `${doors.dashboard}/billingAmountViews?merchantId=${cast.merchantId}&type=use`,
      ({ body }) => (body['items'] as unknown[]).length === 3,
    );
    const first = await doors.call('POST', `${doors.billing}/billings`, request);
    terminal.check('netPoints', first.body['netPoints'], 500);
    terminal.check('billingAmount', first.body['billingAmount'], 490);
    terminal.heading(words.settledOnce);
    const second = await doors.call('POST', `${doors.billing}/billings`, request);
    terminal.check('billingAmount', second.body['billingAmount'], 490);
    terminal.check('runs', (second.body['runs'] as unknown[]).length, 1);
    terminal.heading(words.settled);
    await this.view(used.use, { billingStatus: 'yes', memberStatus: 'valid' });
    const { answer } = await doors.until(
      `${doors.deal}/deals/${used.use}`,
      ({ body }) => body['billingStatus'] === 'yes',
    );
    terminal.check(`deal ${used.use} billingStatus`, answer.body['billingStatus'], 'yes');
  }

  private async leave(cast: Cast, used: { use: number; saved: number }): Promise<void> {
    const { doors, words, terminal } = this;
    terminal.heading(words.leave);
    await doors.call('DELETE', `${doors.member}/members/${cast.first}`);
    await this.view(used.saved, { memberStatus: 'withdrawn' });
    await this.view(used.use, { billingStatus: 'yes', memberStatus: 'withdrawn' });
    await this.points(cast.first, 0);
  }

  private deal(cast: Cast, memberId: number | string, rest: object): Promise<Answer> {
    const { doors } = this;
    const merchantId = String(cast.merchantId);
    return doors.call('POST', `${doors.deal}/deals`, { memberId, merchantId, ...rest });
  }

  private async points(memberId: number, expected: number): Promise<void> {
    const { doors, words, terminal } = this;
    const { answer, tookMs } = await doors.until(
      `${doors.point}/points/${memberId}`,
      ({ status, body }) => status === 200 && body['point'] === expected,
    );
    const name = `${words.points} ${memberId}`;
    terminal.check(name, answer.body['point'], expected, `(${words.after} ${tookMs} ms)`);
  }

  private async view(dealId: number, expected: Record<string, string>): Promise<void> {
    const { doors, words, terminal } = this;
    const { answer, tookMs } = await doors.until(
      `${doors.dashboard}/billingAmountViews/${dealId}`,
      ({ body }) => Object.entries(expected).every(([name, value]) => body[name] === value),
    );
    for (const [name, value] of Object.entries(expected)) {
      const what = `${words.view} ${dealId} ${name}`;
      terminal.check(what, answer.body[name], value, `(${words.after} ${tookMs} ms)`);
    }
  }
}

/** A call whose answer has no id cannot be gone on from. */
export class ScenarioStopped extends Error {
  override readonly name = 'ScenarioStopped';
}

function idOf({ status, body }: Answer): number {
  const id = body['id'] ?? body['dealId'];
  if (typeof id !== 'number') {
    throw new ScenarioStopped(`answered ${status} ${String(body['code'] ?? '')}, without an id`);
  }
  return id;
}

function randomPhone(): string {
  return `010${String(Math.floor(Math.random() * 100_000_000)).padStart(8, '0')}`;
}
