/** How a {@link Crowd} is cut into groups. `groups` and `groupMin` are whole numbers from 1. */
export interface CrowdOptions {
  /** Groups that are on their way at once, one in each stage. */
  readonly groups: number;
  /** A crowd is cut only into groups of so many and more: each group costs as much as many of those in it. */
  readonly groupMin: number;
  /**
   * How long the last of a group are waited for where the crowd is large enough for `groups` of them; milliseconds,
   * default 0. The others are on their way meanwhile, so the machine is busy, and one group more is what costs it most.
   */
  readonly groupWaitMs?: number;
}

/** How long, in milliseconds, its largest size is remembered: those who got their answer are about to come back. */
const REMEMBERED_MS = 100;

/**
 * All who are on their way through several batches one after the other. Its size says when a batch at the first of them
 * is complete: waiting longer would bring nobody, and taking more would leave the other stages idle.
 */
export class Crowd {
  private inHand = 0;
  /** The most since `sinceMs`, and in the while before. */
  private most = 0;
  private mostBefore = 0;
  private sinceMs = performance.now();

  /** Throws RangeError for limits below 1, and for a wait below 0. */
  constructor(private readonly options: CrowdOptions) {
    if ((options.groupWaitMs ?? 0) < 0) throw new RangeError('a wait is 0 ms or longer');
    for (const limit of [options.groups, options.groupMin]) {
      if (!Number.isInteger(limit) || limit < 1)
        throw new RangeError('limits are whole numbers from 1');
    }
  }

  /** Counts one until `way` has come to its end, whatever that is. */
  async pass<Result>(way: () => Promise<Result>): Promise<Result> {
    this.inHand += 1;
    this.most = Math.max(this.most, this.inHand);
    try {
      return await way();
    } finally {
      this.inHand -= 1;
    }
  }

  /** How many go together at most: from 1, and never more than there lately were. */
  get groupSize(): number {
    const { groups, groupMin } = this.options;
    const most = Math.max(1, this.lately);
    return Math.min(most, Math.max(groupMin, Math.ceil(most / groups)));
  }

  /** Whether those who wait are a group. Where an odd number all are in hand, nobody is left to complete the smaller one. */
  isGroup(waiting: number): boolean {
    if (waiting >= this.groupSize) return true;
    const { groups, groupMin } = this.options;
    const smaller = Math.max(groupMin, Math.floor(this.lately / groups));
    return waiting >= smaller && this.inHand >= this.lately;
  }

  /** How long the last of a group are waited for, in milliseconds; 0: this crowd makes no `groups` groups. */
  get groupWaitMs(): number {
    const { groups, groupMin, groupWaitMs = 0 } = this.options;
    return this.lately < groups * groupMin ? 0 : groupWaitMs;
  }

  /** The most that lately were in hand. */
  private get lately(): number {
    this.forget();
    return Math.max(this.most, this.mostBefore);
  }

  private forget(): void {
    const now = performance.now();
    const passedMs = now - this.sinceMs;
    if (passedMs < REMEMBERED_MS) return;
    this.mostBefore = passedMs < 2 * REMEMBERED_MS ? this.most : this.inHand;
    this.most = this.inHand;
    this.sinceMs = now;
  }
}
