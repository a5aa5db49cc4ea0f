/** So many pieces of work at once, and no more: the next waits until one of them is through. */
export class InFlight {
  readonly #underWay = new Set<Promise<void>>();
  #failed: { readonly error: unknown } | null = null;

  constructor(private readonly max: number) {}

  /** Begins the work as soon as there is room. Throws what an earlier piece has thrown. */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.#underWay.size >= this.max) await Promise.race(this.#underWay);
    this.#throwFailure();
    const one = work()
      .catch((error: unknown) => void (this.#failed ??= { error }))
      .finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }

  /** Resolves when all of it is through; throws the first failure. */
  async finish(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failed !== null) throw this.#failed.error;
  }
}
