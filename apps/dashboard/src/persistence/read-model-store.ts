import { Injectable } from '@nestjs/common';
import { Database, LookFirst } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { BusinessCalendar, Clock } from '@onepoint/platform';
import { dayTotalDeltas, deferralChanges, settledPointsDeltas } from './derive-sums.ts';
import type { DayTotalDelta, DeferralChanges } from './derive-sums.ts';
import { added, mergeRows, takenWithNewer } from './merge-rows.ts';
import type { ReadModelChanges } from './read-model-changes.ts';
import { RebuildNotRunning } from './generation-pointer.ts';
import type { GenerationPointer } from './generation-pointer.ts';
import { Generations } from './generations.ts';
import { tablesOfGeneration } from './read-model-tables.ts';
import type { ReadModelTables } from './read-model-tables.ts';
import { writeDeals } from './write-deals.ts';
import { writeMembers, writeMerchants } from './write-parties.ts';
import { writePoints } from './write-points.ts';
import { addSettledPoints, writeSettlementChunks } from './write-settlements.ts';

/** How often a batch is done that another instance inserts one of the deals of first, each time. */
const TRIES_MAX = 11;

/** Writes batches of changes into a generation of the read model. */
@Injectable()
export class ReadModelStore {
  private readonly lookFirst = new LookFirst(TRIES_MAX);

  constructor(
    private readonly database: Database,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
    private readonly generations: Generations,
  ) {}

  /**
   * Writes all of the changes in one transaction, or none: into the generation that is serving, and
   * into the one that is being built beside it. Rows that others wait for (the totals of today, the
   * freshness) come last, to be held for the shortest time.
   */
  async write(changes: ReadModelChanges): Promise<void> {
    await this.begunAgain(async (tx, { serving, building }, looksFirst) => {
      await this.flush(tx, tablesOfGeneration(serving), changes, looksFirst);
      if (building !== null) {
        await this.flush(tx, tablesOfGeneration(building), changes, looksFirst);
      }
    });
  }

  /**
   * Writes changes that were read from the journals into the generation that is being built, alone.
   *
   * @throws RebuildNotRunning when that generation is not being built (any more)
   */
  async fill(generation: number, changes: ReadModelChanges): Promise<void> {
    await this.begunAgain(async (tx, { building }, looksFirst) => {
      if (building !== generation) throw new RebuildNotRunning(generation);
      await this.flush(tx, tablesOfGeneration(generation), changes, looksFirst);
    });
  }

  /** In one transaction that no swap can come between, begun again when another instance was first. */
  private begunAgain(
    work: (tx: Transaction, pointer: GenerationPointer, looksFirst: boolean) => Promise<void>,
  ): Promise<void> {
    return this.lookFirst.attempt((looksFirst) =>
      this.database.transaction(async (tx) =>
        work(tx, await this.generations.hold(tx), looksFirst),
      ),
    );
  }

  private async flush(
    tx: Transaction,
    tables: ReadModelTables,
    changes: ReadModelChanges,
    looksFirst: boolean,
  ): Promise<void> {
    const steps = await writeDeals(tx, tables.deal, changes.deals, looksFirst);
    writeDeferrals(tx, tables, deferralChanges(steps));
    writePoints(tx, tables, changes);
    writeMembers(tx, tables, changes);
    writeMerchants(tx, tables, changes);
    await writeSettlementChunks(tx, tables, changes.settlementChunks);
    await addSettledPoints(tx, tables, settledPointsDeltas(steps));
    const deltas = dayTotalDeltas(steps, (instantMs) => this.calendar.dayOf(instantMs));
    addDayTotals(tx, tables, deltas);
    writeHeardUntil(tx, tables, changes, this.clock.now());
  }
}

function writeDeferrals(
  tx: Transaction,
  { deferredDeal }: ReadModelTables,
  { begun, ended }: DeferralChanges,
): void {
  tx.later.insertRows(
    deferredDeal,
    begun.map(({ dealId, dealDate }) => ({ deal_id: dealId, deal_date: dealDate })),
  );
  if (ended.length === 0) return;
  const list = tx.inList(ended);
  tx.later.execute(`DELETE FROM ${deferredDeal} WHERE deal_id IN ${list.sql}`, list.params);
}

function addDayTotals(
  tx: Transaction,
  { dayTotal }: ReadModelTables,
  deltas: readonly DayTotalDelta[],
): void {
  mergeRows(
    tx,
    {
      table: dayTotal,
      key: ['merchant_id', 'day', 'type'],
      columns: { deals: added, deal_amount: added, point: added, failed_deals: added },
    },
    deltas.map((delta) => ({
      merchant_id: delta.merchantId,
      day: delta.day,
      type: delta.type,
      deals: delta.deals,
      deal_amount: delta.dealAmount,
      point: delta.point,
      failed_deals: delta.failedDeals,
    })),
  );
}

function writeHeardUntil(
  tx: Transaction,
  { heardSource }: ReadModelTables,
  { heardUntil }: ReadModelChanges,
  now: number,
): void {
  mergeRows(
    tx,
    {
      table: heardSource,
      key: ['source'],
      columns: {
        projected_at: takenWithNewer('last_event_at'),
        last_event_at: takenWithNewer('last_event_at'),
      },
    },
    [...heardUntil].map(([source, lastEventAt]) => ({
      source,
      last_event_at: lastEventAt,
      projected_at: now,
    })),
  );
}
