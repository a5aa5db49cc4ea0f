/**
 * Lets those who want the same thing do it one after the other within this process. It saves work
 * and promises nothing: other processes do not stand in this line, and the database decides.
 */
export class OneAtATime {
  private readonly lines = new Map<string, Promise<unknown>>();

  /** Runs `work` when everyone who came before under this name has ended. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.lines.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.lines.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.lines.get(name) === mine) this.lines.delete(name);
    }
  }
}
