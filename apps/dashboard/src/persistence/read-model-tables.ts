/** The names of the tables that make up one generation of the read model. */
export interface ReadModelTables {
  readonly deal: string;
  readonly member: string;
  readonly merchant: string;
  readonly balance: string;
  readonly pointEntry: string;
  readonly deferredDeal: string;
  readonly dayTotal: string;
  readonly settlementChunk: string;
  readonly settlementRun: string;
  readonly heardSource: string;
}

/**
 * The one place where table names come from. A generation (from 1) is a whole read model of its own,
 * so that a second can be filled from the journals while the first is serving (P10).
 */
export function tablesOfGeneration(generation: number): ReadModelTables {
  if (!Number.isSafeInteger(generation) || generation < 1) {
    throw new RangeError(`a generation is a whole number from 1, not ${generation}`);
  }
  const suffix = `_g${generation}`;
  return {
    deal: `deal${suffix}`,
    member: `member${suffix}`,
    merchant: `merchant${suffix}`,
    balance: `balance${suffix}`,
    pointEntry: `point_entry${suffix}`,
    deferredDeal: `deferred_deal${suffix}`,
    dayTotal: `day_total${suffix}`,
    settlementChunk: `settlement_chunk${suffix}`,
    settlementRun: `settlement_run${suffix}`,
    heardSource: `heard_source${suffix}`,
  };
}
