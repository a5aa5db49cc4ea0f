import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import {
  ConditionUnmet,
  Database,
  KeyNotClaimed,
  LookFirst,
  isDuplicateKey,
  keepFirstAnswers,
} from '@onepoint/persistence';
import { DealBook } from '../domain/deal-book.ts';
import type { DealFilter, OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import type { EndingDeal, PointNote } from '../domain/deal-end.ts';
import type { KeyedRequest } from '../domain/deal-request.ts';
import type { Deal } from '../domain/deal.ts';
import type { NetCancelRequest, NetCancelled } from '../domain/net-cancel.ts';
import { endBatch, endPending } from './end-batch.ts';
import { KnownMerchants } from './known-merchants.ts';
import { listDeals, readPending } from './list-deals.ts';
import { readDeals } from './deal-rows.ts';
import { netCancel } from './net-cancel.ts';
import { merchantIdsOf, recordBatch } from './record-batch.ts';
import { areUses, recordUses } from './record-uses.ts';
import { writeMarks, writeSettled } from './write-marks.ts';

/** The deal book in Deal's own database. */
@Injectable()
export class StoredDealBook extends DealBook {
  private readonly merchants = new KnownMerchants();
  private readonly lookFirst = new LookFirst();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  /**
   * A key that was claimed before is a duplicate where nobody looked. Read again, it is found, and so is what another
   * replica has taken or cancelled at the same moment: each request gets its proper answer.
   */
  record(
    requests: readonly KeyedRequest[],
    now: number,
  ): Promise<readonly OwnResult<RecordedDeal>[]> {
    return this.lookFirst.attempt(async (looksFirst) => {
      const recorded = looksFirst ? null : await this.recordAtOnce(requests, now);
      if (recorded !== null) return recorded;
      return this.database.transaction((tx) =>
        recordBatch(tx, this.outbox, requests, now, this.merchants),
      );
    });
  }

  /** Without a look at anything first, as nearly every batch of uses may be; null where this one may not. */
  private async recordAtOnce(
    requests: readonly KeyedRequest[],
    now: number,
  ): Promise<readonly OwnResult<RecordedDeal>[] | null> {
    if (!areUses(requests)) return null;
    const known = this.merchants.at(now, merchantIdsOf(requests.map(({ request }) => request)));
    if (known === null) return null;
    try {
      const results = await this.database.transaction((tx) => recordUses(tx, requests, known, now));
      return results();
    } catch (error) {
      // A merchant has changed: it is read now, and known again.
      if (error instanceof ConditionUnmet) return null;
      throw error;
    }
  }

  async end(ends: readonly EndingDeal[], now: number): Promise<readonly Deal[]> {
    try {
      return await this.database.transaction((tx) => endPending(tx, this.outbox, ends, now));
    } catch (error) {
      // One comes twice, or recovery or another replica has ended one: each keeps the end it has.
      if (!(error instanceof ConditionUnmet)) throw error;
    }
    return this.database.transaction((tx) => endBatch(tx, this.outbox, ends, now));
  }

  netCancel(request: NetCancelRequest, now: number): Promise<NetCancelled> {
    const attempt = (): Promise<NetCancelled> =>
      this.database.transaction((tx) => netCancel(tx, this.outbox, request, now));
    // The request itself took its key, or gave it back, at the same moment: now it is to be seen.
    return attempt().catch((error: unknown) => {
      if (isDuplicateKey(error) || error instanceof KeyNotClaimed) return attempt();
      throw error;
    });
  }

  notePoints(notes: readonly PointNote[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      writeMarks(
        tx,
        notes.flatMap(({ mark }) => (mark === null ? [] : [mark])),
      );
      keepFirstAnswers(
        tx,
        notes.flatMap(({ answer }) =>
          answer === null ? [] : [{ claim: answer.key, status: 201, body: answer.deal }],
        ),
      );
    });
  }

  markSettled(dealIds: readonly number[]): Promise<void> {
    return this.database.transaction(async (tx) => writeSettled(tx, dealIds));
  }

  pendingSince(startedBefore: number, max: number): Promise<readonly Deal[]> {
    return this.database.read((sql) => readPending(sql, startedBefore, max));
  }

  find(dealId: number): Promise<Deal | null> {
    return this.database.read(
      async (sql) => (await readDeals(sql, [dealId], false)).get(dealId) ?? null,
    );
  }

  list(filter: DealFilter, limit: number): Promise<readonly Deal[]> {
    return this.database.read((sql) => listDeals(sql, filter, limit));
  }
}
