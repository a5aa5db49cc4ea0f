/** The environment cannot be used as it is. Its lines name variables and never repeat a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** One readable line per wrong variable. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
