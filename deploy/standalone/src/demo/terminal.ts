const isColourful = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const paint =
  (code: number) =>
  (text: string): string =>
    isColourful ? `\u001b[${code}m${text}\u001b[0m` : text;

const bold = paint(1);
const dim = paint(2);
const green = paint(32);
const red = paint(31);

/** What the demo writes, line by line, and whether all of it was as expected. */
export class Terminal {
  private failures = 0;
  private chapter = 0;

  get isAllGood(): boolean {
    return this.failures === 0;
  }

  title(text: string): void {
    this.line(bold(text));
  }

  heading(text: string): void {
    this.chapter += 1;
    this.line('');
    this.line(bold(`${this.chapter}. ${text}`));
  }

  call(method: string, url: string, body: unknown): void {
    const said = body === undefined ? '' : ` ${JSON.stringify(body)}`;
    this.line(`   ${method.padEnd(6)} ${url.replace('http://', '')}${dim(said)}`);
  }

  answer(status: number, text: string): void {
    this.line(`          ${status} ${text}`);
  }

  /** One expectation, met or not. */
  check(what: string, actual: unknown, expected: unknown, note = ''): void {
    const isMet = JSON.stringify(actual) === JSON.stringify(expected);
    if (!isMet) this.failures += 1;
    const value = isMet ? String(actual) : `${String(actual)} (expected ${String(expected)})`;
    const mark = isMet ? green('✓') : red('✗');
    this.line(`        ${mark} ${what}: ${bold(value)}${note === '' ? '' : dim(` ${note}`)}`);
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
