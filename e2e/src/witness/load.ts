import { setTimeout as wait } from 'node:timers/promises';
import type { Doors } from '../running/doors.ts';
import { isGranted } from './attempts.ts';
import type { Attempts, Wish } from './attempts.ts';
import type { Dice } from './dice.ts';

/** Merchants that every developer's machine starts with. */
export const MERCHANTS = [20, 30] as const;
const CALLERS = 8;

/** Callers who want things at random, several at once, until told to stop. */
export class Load {
  private isOver = false;
  private readonly callers: Promise<void>[];
  private readonly joined: number[];
  private readonly cancellable: number[];

  constructor(
    private readonly doors: Doors,
    private readonly attempts: Attempts,
    private readonly dice: Dice,
  ) {
    const idOf = ({ answer }: { answer: { body: object } | null }): number =>
      (answer?.body as { id: number }).id;
    this.joined = attempts.granted('join').map(idOf);
    this.cancellable = attempts.granted('save', 'use').map(idOf);
    this.callers = Array.from({ length: CALLERS }, () => this.call());
  }

  /** Resolves when every caller has its last answer, or has given up on it. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.callers);
  }

  private async call(): Promise<void> {
    while (!this.isOver) {
      const { wish, answer } = await this.attempts.make(this.doors, this.nextWish());
      if (answer === null) {
        await wait(this.dice.between(50, 200));
        continue;
      }
      const { id } = answer.body;
      if (!isGranted(answer) || typeof id !== 'number') continue;
      if (wish.kind === 'join') this.joined.push(id);
      if (wish.kind === 'save' || wish.kind === 'use') this.cancellable.push(id);
    }
  }

  private nextWish(): Wish {
    const { dice } = this;
    const memberId = dice.one(this.joined);
    const throwOf = dice.between(1, 100);
    if (memberId === undefined || throwOf <= 8) {
      return { kind: 'join', phone: `010${dice.between(10_000_000, 99_999_999)}` };
    }
    if (throwOf <= 10) return { kind: 'leave', memberId };
    const dealId = dice.one(this.cancellable);
    if (throwOf <= 25 && dealId !== undefined) return { kind: 'cancel', dealId };
    const merchantId = dice.one(MERCHANTS)!;
    const dealAmount = 10_000 + this.attempts.all.length;
    const kind = throwOf <= 60 ? 'save' : 'use';
    return { kind, memberId, merchantId, dealAmount, point: dice.between(1, 120) };
  }
}
