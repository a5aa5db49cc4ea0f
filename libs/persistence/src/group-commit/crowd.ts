/** How a {@link Crowd} is cut into groups. All are whole numbers from 1. */
export interface CrowdOptions {
  /** Groups that are on their way at once, one in each stage. */
  readonly groups: number;
  /** A crowd is cut only into groups of so many and more: each group costs as much as many of those in it. */
  readonly groupMin: number;
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

  /** Throws RangeError for limits below 1. */
  constructor(private readonly options: CrowdOptions) {
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

  /** How many go together: from 1, and never more than there lately were. */
  get groupSize(): number {
    this.forget();
    const { groups, groupMin } = this.options;
    const most = Math.max(1, this.most, this.mostBefore);
    return Math.min(most, Math.max(groupMin, Math.ceil(most / groups)));
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
