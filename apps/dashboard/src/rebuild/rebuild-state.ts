/** How a rebuild stands. Generations are numbers from 1, never used twice. */
export interface RebuildState {
  readonly serving: number;
  /** null while nothing is being rebuilt. */
  readonly building: number | null;
}
