/** Collects log lines in memory, so that a spec can read what a service wrote. */
export class LogLines {
  readonly #written: string[] = [];

  write(line: string): void {
    this.#written.push(line);
  }

  get text(): string {
    return this.#written.join('');
  }

  get parsed(): readonly Record<string, unknown>[] {
    return this.#written.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
