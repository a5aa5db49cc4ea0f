import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, KeyNotClaimed, isDuplicateKey, keepFirstAnswers } from '@onepoint/persistence';
import { DealBook } from '../domain/deal-book.ts';
import type { DealFilter, OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import type { EndingDeal, PointNote } from '../domain/deal-end.ts';
import type { KeyedRequest } from '../domain/deal-request.ts';
import type { Deal } from '../domain/deal.ts';
import type { NetCancelRequest, NetCancelled } from '../domain/net-cancel.ts';
import { endBatch } from './end-batch.ts';
import { listDeals, readPending } from './list-deals.ts';
import { readDeals } from './deal-rows.ts';
import { netCancel } from './net-cancel.ts';
import { recordBatch } from './record-batch.ts';
import { writeMarks, writeSettled } from './write-marks.ts';

/** The deal book in Deal's own database. */
@Injectable()
export class StoredDealBook extends DealBook {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  record(
    requests: readonly KeyedRequest[],
    now: number,
  ): Promise<readonly OwnResult<RecordedDeal>[]> {
    const attempt = (): Promise<readonly OwnResult<RecordedDeal>[]> =>
      this.database.transaction((tx) => recordBatch(tx, this.outbox, requests, now));
    // Another replica may have taken the same key, or cancelled the same deal, at the same moment.
    // Read again, it is found, and each request gets its proper answer.
    return attempt().catch((error: unknown) => {
      if (isDuplicateKey(error)) return attempt();
      throw error;
    });
  }

  end(ends: readonly EndingDeal[], now: number): Promise<readonly Deal[]> {
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
