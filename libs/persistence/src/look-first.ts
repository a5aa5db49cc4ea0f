import { isDuplicateKey } from './errors/is-duplicate-key.ts';

/** After a duplicate, work looks first for so long (milliseconds): one in a batch has all of it done twice. */
const LOOK_FIRST_MS = 1_000;

/**
 * For work that writes what nearly always is new, under a key that says when it is not. It need not look first whether it
 * is there; once a duplicate has shown that it was, it is done again with a look, and so is what follows for a while:
 * what comes twice once (a queue that is read again, a terminal that repeats itself) comes so in numbers.
 */
export class LookFirst {
  private until = -Infinity;

  /** @param triesMax how often work is done that meets duplicates each time: without a look, with one, and once more */
  constructor(private readonly triesMax = 3) {}

  /**
   * Does the work, in a transaction of its own that a duplicate key undoes, and tells it whether to look first. Where it
   * looked and somebody else was faster, it is done again. @throws what it throws the last time
   */
  async attempt<T>(work: (looksFirst: boolean) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work(performance.now() < this.until);
      } catch (error) {
        if (!isDuplicateKey(error) || tries >= this.triesMax) throw error;
        this.until = performance.now() + LOOK_FIRST_MS;
      }
    }
  }
}
